using SdkChat.Application.Chats;
using SdkChat.Application.Profiles;
using SdkChat.Architecture.Tests.Rules;

namespace SdkChat.Architecture.Tests;

public sealed class PortTests
{
    [Test]
    public void Ports_OnTenantData_TakeTheTenantFirst() =>
        PortRules.TenantNotFirst(
            Codebase.Application.GetTypes()
                .Except([typeof(ICrossTenantChatHistory), typeof(ICrossTenantChatStatistics), typeof(ICrossTenantProfileHistory)]))
            .Should().BeEmpty("only the backoffice's port may lack a tenant");

    [Test]
    public void Handlers_Live_BesideTheirRequest() =>
        PortRules.HandlersOutOfPlace([.. Codebase.Application.GetTypes(), .. Codebase.Api.GetTypes()]).Should().BeEmpty();

    [Test]
    public void Actions_All_NameWhoMayCallThem() => PortRules.ActionsOpenToAnybody(Codebase.Api.GetTypes()).Should().BeEmpty();

    [Test]
    public void Controllers_All_GoThroughMediatR() => PortRules.ControllersWithPorts(Codebase.Api.GetTypes()).Should().BeEmpty();

    [Test]
    public void Rules_DeliberateViolations_AreFound()
    {
        var types = Codebase.Violations.GetTypes();

        PortRules.TenantNotFirst(types).Should().Equal("IPortWithoutTenant.FindAsync");
        PortRules.HandlersOutOfPlace(types).Should().Equal(typeof(Violations.StrayHandler).FullName);
        PortRules.ActionsOpenToAnybody(types).Should().Equal("OpenController.Anything");
        PortRules.ControllersWithPorts(types).Should().Equal("OpenController(IChatHistory)");
    }
}
