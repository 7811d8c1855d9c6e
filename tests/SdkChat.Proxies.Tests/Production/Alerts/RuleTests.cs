using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Alerts;

/// <summary>What <see cref="AlertTests"/> shortens: the windows, durations and thresholds that are shipped.</summary>
public sealed class RuleTests
{
    [OneTimeSetUp]
    public void SkipWithoutPrometheus()
    {
        if (Programs.Find("promtool") is null)
            Assert.Ignore("promtool (Debian: prometheus) is not installed.");
    }

    [Test]
    public void Files_AsShipped_AreWhatPrometheusReads()
    {
        var alerts = File.ReadLines(Repository.Path("deploy/prometheus/alerts.yaml"))
            .Count(line => line.TrimStart().StartsWith("- alert:", StringComparison.Ordinal));

        ExternalCommand.Run("promtool", "check", "config", Repository.Path("deploy/prometheus/prometheus.yaml"))
            .Should().Contain($"{alerts} rules found");
    }

    /// <summary>Each alert with a history that it is for and one that it is not for.</summary>
    [Test]
    public void Rules_OverAsMuchTimeAsTheySay_FireWhenTheyShould() =>
        ExternalCommand.Run("promtool", "test", "rules", Path.Combine(AppContext.BaseDirectory, "Production", "Alerts", "alerts.test.yaml"))
            .Should().Contain("SUCCESS");
}
