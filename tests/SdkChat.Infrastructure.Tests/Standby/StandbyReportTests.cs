using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Infrastructure.Standby;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Standby;

public sealed class StandbyReportTests
{
    private FakeTimeProvider _clock = null!;
    private TestLogs _logs = null!;
    private ILoggerFactory _factory = null!;
    private StandbyReport _report = null!;

    [SetUp]
    public void SetUp()
    {
        (_clock, _logs) = (new FakeTimeProvider(), new TestLogs());
        _factory = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        _report = new StandbyReport(_clock, _factory.CreateLogger<StandbyReport>());
    }

    [TearDown]
    public void TearDown() => _factory.Dispose();

    [Test]
    public void Report_OfAnOutageAfterTheStart_HasALineForEachChange()
    {
        _report.Report(null, StandbyState.NotYetKnown);
        _report.Report(null, StandbyState.NotYetKnown);
        _report.Report(null, "no answer");
        _report.Report(null, "another reason");
        _report.Report(TimeSpan.FromMilliseconds(20), null);
        _report.Report(TimeSpan.FromMilliseconds(30), null);

        _logs.Entries.Select(entry => entry.Text.Trim()).Should().Equal(
            $"History reads use the primary only. The standby is not used: {StandbyState.NotYetKnown}",
            "History reads use the primary only. The standby is not used: no answer",
            "History reads use the standby; its lag is 0.020 s");
    }

    [Test]
    public void Report_OfAUseThatFlaps_HasALineIn10SecondsAndTheLastIsTrue()
    {
        Flap(seconds: 30);
        var before = _logs.Entries.Count;

        Flap(seconds: 100);

        (_logs.Entries.Count - before).Should().BeInRange(9, 10);
        _report.Report(TimeSpan.Zero, null);
        _clock.Advance(TimeSpan.FromSeconds(20));
        _report.Report(TimeSpan.Zero, null);
        _logs.Entries.Last().Text.Should().StartWith("History reads use the standby;");
    }

    private void Flap(int seconds)
    {
        for (var i = 0; i < seconds * 4; i++)
        {
            _report.Report(TimeSpan.Zero, i % 2 == 0 ? null : "no answer");
            _clock.Advance(TimeSpan.FromMilliseconds(250));
        }
    }
}
