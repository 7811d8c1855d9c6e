using SdkChat.Architecture.Tests.Rules;

namespace SdkChat.Architecture.Tests;

public sealed class LayerTests
{
    [Test]
    public void Domain_References_OnlyTheRuntime() => LayerRules.PackagesOf(Codebase.Domain).Should().BeEmpty();

    [Test]
    public void Application_Knows_NeitherStorageNorWebNorOuterLayers() =>
        LayerRules.DependingOn(
            Codebase.Application, [.. LayerRules.Storage, .. LayerRules.Web, "SdkChat.Infrastructure", "SdkChat.Api"]).Should().BeEmpty();

    [Test]
    public void Infrastructure_Knows_NeitherWebNorApi() =>
        LayerRules.DependingOn(Codebase.Infrastructure, [.. LayerRules.Web, "SdkChat.Api"]).Should().BeEmpty();

    [Test]
    public void Api_Knows_NoStorageLibrary() => LayerRules.DependingOn(Codebase.Api, LayerRules.Storage).Should().BeEmpty();

    [Test]
    public void Rules_DeliberateViolations_AreFound()
    {
        LayerRules.PackagesOf(Codebase.Violations).Should().Contain("nunit.framework");
        LayerRules.DependingOn(Codebase.Violations, LayerRules.Web).Should().Contain(typeof(Violations.UsesTheWeb).FullName);
        LayerRules.DependingOn(Codebase.Violations, LayerRules.Storage).Should().Contain(typeof(Violations.UsesStorage).FullName);
    }
}
