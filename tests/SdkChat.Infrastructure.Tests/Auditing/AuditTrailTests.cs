using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Auditing;
using SdkChat.Infrastructure.Auditing;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Auditing;

/// <summary>What waits for storage when there are more entries than storage takes.</summary>
public sealed class AuditTrailTests
{
    private readonly TestLogs _logs = new();

    private AuditTrail _trail = null!;
    private long _lost;
    private MeterListener _listener = null!;

    [SetUp]
    public void Start()
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _lost = 0;
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) => { if (instrument.Meter.Scope == meters) self.EnableMeasurementEvents(instrument); },
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => _lost = value);
        _listener.Start();
        _trail = new AuditTrail(new AuditMetrics(meters), new Logger<AuditTrail>(new LoggerFactory([_logs])));
    }

    [TearDown]
    public void Stop() => _listener.Dispose();

    [Test]
    public void Append_CallsWithoutAVerifiedCredential_AreNotKept()
    {
        for (var i = 0; i < 2 * AuditTrail.MostWaiting; i++)
            _trail.Append(Entry(403) with { IsVerified = false });

        _trail.Take(int.MaxValue).Should().BeEmpty();
        Lost().Should().Be(0, "nothing was lost that should be stored");
    }

    [Test]
    public void Append_FloodOverALimit_DisplacesNoOtherEntry()
    {
        for (var i = 0; i < 2 * AuditTrail.MostWaiting; i++)
            _trail.Append(Entry(429));
        for (var i = 0; i < AuditTrail.MostWaiting; i++)
            _trail.Append(Entry(200));

        _trail.Take(AuditTrail.MostWaiting).Should().HaveCount(AuditTrail.MostWaiting).And.OnlyContain(row => row.Entry.Status == 200);
        _trail.Take(int.MaxValue).Should().HaveCount(AuditTrail.MostRateLimited);
    }

    [Test]
    public void ReportLost_AfterMany_IsOneLineAndTheMetricCountsAll()
    {
        for (var i = 0; i < AuditTrail.MostWaiting + 123; i++)
            _trail.Append(Entry(200));

        _trail.ReportLost().Should().BeTrue();
        _trail.ReportLost().Should().BeFalse();
        _logs.Entries.Where(entry => entry.Level >= LogLevel.Error)
            .Should().ContainSingle().Which.Text.Should().StartWith("123 audit entries could not be stored");
        Lost().Should().Be(123);
    }

    private long Lost()
    {
        _listener.RecordObservableInstruments();
        return _lost;
    }

    private static AuditEntry Entry(int status) => new(DateTimeOffset.UnixEpoch, "hanako", "list_chats", null, null, status, "1");
}
