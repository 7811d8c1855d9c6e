using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SdkChat.Api.Hosting;
using SdkChat.Architecture.Tests.Settings;
using YamlDotNet.RepresentationModel;

namespace SdkChat.Architecture.Tests.Deployment;

/// <summary>
/// What the deployment files say of the service is what the service is. No engine runs them here: this is what can be known
/// without one.
/// </summary>
public sealed class ManifestTests
{
    /// <summary>What is configured without an options class.</summary>
    private static readonly string[] Others =
    [
        "ConnectionStrings__SdkChat", "ConnectionStrings__SdkChatMigrations", "ConnectionStrings__Redis", "Backplane",
        "ASPNETCORE_ENVIRONMENT", "ASPNETCORE_URLS", "DOTNET_EnableDiagnostics",
    ];

    private static readonly YamlNode Deployment = Manifests.OfKind("Deployment");
    private static readonly YamlNode Container = Deployment.Container();

    private static IEnumerable<string> Variables =>
        new[] { Deployment, Manifests.OfKind("Job") }.SelectMany(workload => workload.Container().At("env").Items())
            .Select(entry => entry.Text("name"))
            .Concat(Manifests.Compose.At("x-service", "environment").Members().Keys)
            .Concat(Manifests.Compose.At("services", "migrate", "environment").Members().Keys);

    [Test]
    public void Variables_All_AreSettingsThatExist() =>
        Variables.Except(SettingsCatalogue.Read().Select(setting => setting.Variable)).Except(Others).Should().BeEmpty();

    /// <summary>What Production cannot start without: see ProductionSettings.</summary>
    [TestCase("ConnectionStrings__SdkChat")]
    [TestCase("Pipeline__BaseUrl")]
    [TestCase("Authentication__Tenant__")]
    [TestCase("Authentication__Backoffice__")]
    public void Variables_ThatProductionNeeds_AreThere(string name)
    {
        Environment(Deployment).Keys.Should().Contain(variable => variable.StartsWith(name, StringComparison.Ordinal));
        Manifests.Compose.At("x-service", "environment").Members()
            .Keys.Should().Contain(variable => variable.StartsWith(name, StringComparison.Ordinal));
    }

    [TestCase("startupProbe", "/health/live")]
    [TestCase("livenessProbe", "/health/live")]
    [TestCase("readinessProbe", "/health/ready")]
    public void Probes_Ask_WhatTheServiceAnswers(string probe, string path)
    {
        Container.Text(probe, "httpGet", "path").Should().Be(path);
        Container.Text(probe, "httpGet", "port").Should().Be("http");
        Routes().Should().Contain(path);
    }

    [Test]
    public void Ports_AllTheWay_AreTheOneThatIsListenedOn()
    {
        var number = Container.Port("http");
        Environment(Deployment)["ASPNETCORE_URLS"].Should().Be($"http://+:{number}");
        Manifests.OfKind("Service").At("spec", "ports").Items().Single().Text("targetPort").Should().Be("http");
        Manifests.Dockerfile.Should().Contain($"EXPOSE {number}\n").And.Contain($"ASPNETCORE_URLS=http://+:{number} ");
        File.ReadAllText(Path.Combine(Codebase.Root, "deploy", "compose", "nginx.conf")).Should().Contain($"server node-3:{number} ");
    }

    [Test]
    public void Grace_OfATermination_IsTheSleepTheDrainAndFiveSeconds()
    {
        var drain = int.Parse(Environment(Deployment)["Live__DrainSeconds"], System.Globalization.CultureInfo.InvariantCulture);
        Deployment.Number("spec", "template", "spec", "terminationGracePeriodSeconds")
            .Should().Be(Container.Number("lifecycle", "preStop", "sleep", "seconds") + drain + 5);

        var service = Manifests.Compose.At("x-service");
        service.Number("stop_grace_period").Should().Be(service.Number("environment", "Live__DrainSeconds") + 5);
    }

    [Test]
    public void Containers_All_CanChangeNothing()
    {
        foreach (var workload in new[] { Deployment, Manifests.OfKind("Job") })
        {
            workload.Text("spec", "template", "spec", "securityContext", "runAsNonRoot").Should().Be("true");
            workload.Container().Text("securityContext", "readOnlyRootFilesystem").Should().Be("true");
            workload.Container().Text("securityContext", "allowPrivilegeEscalation").Should().Be("false");
        }

        Manifests.Dockerfile.Should().Contain("USER $APP_UID");
    }

    [Test]
    public void Migrations_Alone_KnowTheOwner()
    {
        const string Owner = "ConnectionStrings__SdkChatMigrations";
        Environment(Manifests.OfKind("Job")).Keys.Should().Contain(Owner);
        Environment(Deployment).Keys.Should().NotContain(Owner);
        Manifests.Compose.At("x-service", "environment").Members().Keys.Should().NotContain(Owner);
    }

    [Test]
    public void Selectors_OfServiceAndBudget_AreTheDeploymentsLabels()
    {
        var labels = Deployment.At("spec", "template", "metadata", "labels").ToString();
        Deployment.At("spec", "selector", "matchLabels").ToString().Should().Be(labels);
        Manifests.OfKind("Service").At("spec", "selector").ToString().Should().Be(labels);
        Manifests.OfKind("PodDisruptionBudget").At("spec", "selector", "matchLabels").ToString().Should().Be(labels);
    }

    [Test]
    public void Dockerfile_Copies_EveryProjectOfTheService()
    {
        foreach (var project in Directory.GetDirectories(Path.Combine(Codebase.Root, "src")).Select(Path.GetFileName))
            Manifests.Dockerfile.Should().Contain($"COPY src/{project}/*.csproj src/{project}/packages.lock.json src/{project}/");
    }

    /// <summary>Plain values; what comes from elsewhere is an empty text.</summary>
    private static Dictionary<string, string> Environment(YamlNode workload) =>
        workload.Container().At("env").Items().ToDictionary(
            entry => entry.Text("name"),
            entry => entry.Members().TryGetValue("value", out var value) ? ((YamlScalarNode)value).Value! : "");

    private static string[] Routes()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["ConnectionStrings:SdkChat"] = "Host=nowhere";
        using var app = ApiHost.Build(builder);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!)];
    }
}
