using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Workers;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Workers;

/// <summary>The policy of every background worker: failures are reported, and the next round runs.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PeriodicWorkerTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly TestLogs _logs = new();

    public void Dispose() => _logs.Dispose();

    [Test]
    public async Task Round_WithoutADatabase_IsNoErrorAndTheNextOneRuns()
    {
        await RunTwiceAsync(() => throw new UnavailableException(new TimeoutException("no route")));

        _logs.Entries.Should().ContainSingle(
            entry => entry.Level == LogLevel.Debug && entry.Text.Contains("Test work postponed: no route"));
        _logs.Entries.Should().NotContain(entry => entry.Level > LogLevel.Debug);
    }

    [Test]
    public async Task Round_ThatFails_IsAnErrorThatNamesTheWorkAndTheNextOneRuns()
    {
        await RunTwiceAsync(() => throw new InvalidOperationException("broken"));

        _logs.Entries.Should().ContainSingle(
            entry => entry.Level == LogLevel.Error && entry.Text.Contains("Test work failed") && entry.Text.Contains("broken"));
    }

    /// <summary>An HTTP client's time-out looks like a cancellation, and must not end the worker.</summary>
    [Test]
    public async Task Round_CancelledByItself_IsAnErrorAndTheNextOneRuns()
    {
        await RunTwiceAsync(() => throw new TaskCanceledException("time-out"));

        _logs.Entries.Should().ContainSingle(entry => entry.Level == LogLevel.Error && entry.Text.Contains("time-out"));
    }

    [Test]
    public async Task Stop_DuringARound_EndsTheWorkerWithoutAnError()
    {
        using var worker = new Worker(_clock, _logs, token => new TaskCompletionSource().Task.WaitAsync(token));
        await worker.StartAsync(default);
        await BeganAsync(worker, 1);

        await worker.StopAsync(default);

        worker.ExecuteTask!.IsCompleted.Should().BeTrue();
        _logs.Entries.Should().BeEmpty();
    }

    /// <summary>Moves the clock until so many rounds have begun. The worker creates its timer at some time after its start.</summary>
    private Task BeganAsync(Worker worker, int rounds) => Eventually.TrueAsync(() =>
    {
        if (worker.Rounds < rounds)
            _clock.Advance(Interval);
        return Task.FromResult(worker.Rounds >= rounds);
    });

    private async Task RunTwiceAsync(Action first)
    {
        var round = 0;
        using var worker = new Worker(_clock, _logs, _ =>
        {
            if (++round == 1)
                first();
            return Task.CompletedTask;
        });
        await worker.StartAsync(default);
        await BeganAsync(worker, 1);
        await BeganAsync(worker, 2);
        await worker.StopAsync(default);
    }

    private sealed class Worker(TimeProvider clock, TestLogs logs, Func<CancellationToken, Task> round)
        : PeriodicWorker(Interval, clock, logs.CreateLogger("worker"))
    {
        private int _rounds;

        protected override string Work => "Test work";

        public int Rounds => Volatile.Read(ref _rounds);

        protected override Task RunAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _rounds);
            return round(cancellationToken);
        }
    }
}
