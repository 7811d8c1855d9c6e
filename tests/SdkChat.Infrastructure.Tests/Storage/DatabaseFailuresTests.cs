using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

public sealed class DatabaseFailuresTests
{
    private static readonly PostgresException Full = new("could not extend file", "ERROR", "ERROR", "53100");

    private readonly FakeTimeProvider _clock = new();
    private readonly Dictionary<string, long> _counts = [];
    private TestLogs _logs = null!;
    private ServiceProvider _services = null!;
    private MeterListener _listener = null!;

    [SetUp]
    public void SetUp()
    {
        _logs = new TestLogs();
        _counts.Clear();
        _services = new ServiceCollection().AddMetrics().AddLogging(log => log.AddProvider(_logs)).AddSingleton<TimeProvider>(_clock)
            .AddSingleton<DatabaseFailures>().BuildServiceProvider();
        var factory = _services.GetRequiredService<IMeterFactory>();
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory && instrument.Name == "sdkchat.database.failures")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _counts[(string)tags[0].Value!] = value);
        _listener.Start();
    }

    [TearDown]
    public void TearDown()
    {
        _listener.Dispose();
        _services.Dispose();
        _logs.Dispose();
    }

    [Test]
    public void Causes_BeforeAnythingFails_AreThereAtZero()
    {
        _services.GetRequiredService<DatabaseFailures>();
        _listener.RecordObservableInstruments();

        _counts.Should().HaveCount(Enum.GetValues<FailureCause>().Length).And.OnlyContain(count => count.Value == 0);
        _counts.Keys.Should().Contain(["disk_full", "read_only", "io_error", "connection"]);
    }

    [Test]
    public void Failures_OfOneCause_HaveOneLineIn10SecondsThatCountsThem()
    {
        var failures = _services.GetRequiredService<DatabaseFailures>();
        for (var i = 0; i < 50; i++)
            failures.Failed(Full);
        failures.Failed(new NpgsqlException("gone", new IOException()));
        _clock.Advance(TimeSpan.FromSeconds(10));
        failures.Failed(Full);

        _listener.RecordObservableInstruments();
        _counts["disk_full"].Should().Be(51);
        _logs.Entries.Select(entry => entry.Text.Trim()).Should().Equal(
            "A database call failed (disk_full): 53100: could not extend file. Similar failures since the last such line: 0",
            "A database call failed (connection): gone (I/O error occurred.). Similar failures since the last such line: 0",
            "A database call failed (disk_full): 53100: could not extend file. Similar failures since the last such line: 49");
        _logs.Entries.Should().OnlyContain(entry => entry.Level == LogLevel.Warning);
    }

    /// <summary>Not counted: what fails again is counted where it is found.</summary>
    [Test]
    public void Batches_ThatFail_HaveOneLineIn10Seconds()
    {
        var failures = _services.GetRequiredService<DatabaseFailures>();
        for (var i = 0; i < 50; i++)
            failures.BatchFailed(new FormatException("Not a status: cooked"));

        _listener.RecordObservableInstruments();
        _counts.Values.Should().OnlyContain(count => count == 0);
        _logs.Entries.Select(entry => entry.Text.Trim()).Should().Equal(
            "Reads that shared a statement are repeated one by one, since it failed: Not a status: cooked. Similar failures since the "
            + "last such line: 0");
    }
}
