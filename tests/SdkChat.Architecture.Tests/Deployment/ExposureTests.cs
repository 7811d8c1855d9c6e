using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace SdkChat.Architecture.Tests.Deployment;

/// <summary>Who can reach what in the deployment files, whom the service believes, and what it takes of its database.</summary>
public sealed partial class ExposureTests
{
    /// <summary>What PostgreSQL takes unless told otherwise, and what it keeps for superusers.</summary>
    private const int MaxConnections = 100, Reserved = 3;

    /// <summary>Connections of a node beside the pool of its requests, as docs/operations/capacity.md says.</summary>
    private const int BesideThePool = 6;

    private static readonly YamlNode Deployment = Manifests.OfKind("Deployment");
    private static readonly YamlNode Service = Manifests.Compose.At("x-service", "environment");

    [Test]
    public void Metrics_OfEveryNode_AreReachedByPrometheusAlone()
    {
        var port = Deployment.Container().Port("metrics");
        Variable("Metrics__Address").Text("valueFrom", "fieldRef", "fieldPath").Should().Be("status.podIP");
        Deployment.Text("spec", "template", "metadata", "annotations", "prometheus.io/port").Should().Be(port);
        Manifests.OfKind("PodMonitor").At("spec", "podMetricsEndpoints").Items().Single().Text("port").Should().Be("metrics");
        var sources = Manifests.OfKind("NetworkPolicy").At("spec", "ingress").Items()
            .ToDictionary(rule => rule.At("ports").Items().Single().Text("port"), rule => rule.At("from").Items().Single().ToString());
        sources.Keys.Should().BeEquivalentTo("http", "metrics");
        sources["metrics"].Should().NotBe(sources["http"], "callers have no business with metrics");

        Service.Text("Metrics__Address").Should().Be("0.0.0.0");
        Manifests.Compose.At("x-service").Members()
            .Keys.Should().NotContain("ports", "a published port would show metrics to the host's network");
        Manifests.Prometheus.At("scrape_configs").Items().Single().At("static_configs").Items().Single().At("targets").Items()
            .Select(target => ((YamlScalarNode)target).Value).Should().Equal($"node-1:{port}", $"node-2:{port}", $"node-3:{port}");
        Manifests.Dockerfile.Should().Contain($"EXPOSE {port}\n");
    }

    [Test]
    public void TrustedProxies_Everywhere_AreAFewAddresses()
    {
        Variable("Proxies__Trusted__0").Text("valueFrom", "configMapKeyRef", "key")
            .Should().Be("ingress-range", "only who deploys knows it");

        var trusted = Service.Text("Proxies__Trusted__0");
        IPAddress.TryParse(trusted, out _).Should().BeTrue("it is one address");
        Manifests.Compose.Text("services", "nginx", "networks", "default", "ipv4_address").Should().Be(trusted);
        var pool = Manifests.Compose.At("networks", "default", "ipam", "config").Items().Single().Text("ip_range");
        IPNetwork.Parse(pool).Contains(IPAddress.Parse(trusted)).Should().BeFalse("another container could get it first");
    }

    [Test]
    public void Pools_OfAllNodes_FitIntoPostgres()
    {
        var composed = Manifests.Compose.At("services").Members().Keys.Count(name => name.StartsWith("node-", StringComparison.Ordinal));
        Connections(composed, Number(Service.Text("Database__MaxPoolSize"))).Should().BeLessThanOrEqualTo(MaxConnections - Reserved);

        var nodes = Deployment.Number("spec", "replicas") + Deployment.Number("spec", "strategy", "rollingUpdate", "maxSurge");
        Connections(nodes, Number(Variable("Database__MaxPoolSize").Text("value"))).Should().BeLessThanOrEqualTo(MaxConnections - Reserved);
    }

    [Test]
    public void Redis_InCompose_HasAPasswordThatNoArgumentShows()
    {
        Service.Text("ConnectionStrings__Redis").Should().Contain("password=${REDIS_PASSWORD:?}");
        Manifests.Compose.At("services", "redis", "command").ToString().Should().Contain("requirepass").And.NotContain("${");
        File.ReadAllText(Path.Combine(Manifests.Folder, "compose", ".env.example")).Should().Contain("REDIS_PASSWORD=");
    }

    [Test]
    public void Images_All_HaveAnExactVersion()
    {
        var images = Manifests.Compose.At("services").Members()
            .Values.Select(service => service.Members().TryGetValue("image", out var image) ? image.ToString() : null)
            .Concat(new[] { Deployment, Manifests.OfKind("Job") }.Select(workload => workload.Container().Text("image")))
            .Concat(From().Matches(Manifests.Dockerfile).Select(from => from.Groups[1].Value))
            .OfType<string>().Where(image => image != "sdkchat:local").ToArray();

        images.Should().HaveCountGreaterThan(6).And.OnlyContain(image => Exact().IsMatch(image));
    }

    /// <summary>The file for a machine of its own and the one for compose say the same of a node.</summary>
    [Test]
    public void Nginx_BothFiles_TreatNodesAlike()
    {
        var (alone, composed) = (Nginx("nginx/sdkchat.conf"), Nginx("compose/nginx.conf"));

        Lines(Location().Match(composed).Value).Should().Equal(Lines(Location().Match(alone).Value));
        foreach (var directive in new[]
        {
            "least_conn;", "max_fails=10 fail_timeout=2s;", "keepalive 64;", "client_header_timeout 15s;", "client_body_timeout 15s;",
        })
            new[] { alone, composed }.Should().OnlyContain(text => text.Contains(directive), directive);
    }

    [Test]
    public void ConnectionsBesideThePool_AreAsManyAsTheFeedOpens() =>
        Codebase.Infrastructure.GetTypes().Single(type => type.Name == "FeedConnections").GetField("Most")!.GetRawConstantValue()
            .Should().Be(BesideThePool);

    private static YamlNode Variable(string name) => Deployment.Container().At("env").Items().Single(entry => entry.Text("name") == name);

    private static int Connections(int nodes, int pool) => nodes * (pool + BesideThePool);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Nginx(string file) => File.ReadAllText(Path.Combine(Manifests.Folder, file));

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'));

    [GeneratedRegex(@"location / \{[^}]*\}")]
    private static partial Regex Location();

    [GeneratedRegex("^FROM (\\S+)", RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@":v?\d+\.\d+(\.\d+)?(-[\w-]+)?(@sha256:[0-9a-f]{64})?$")]
    private static partial Regex Exact();
}
