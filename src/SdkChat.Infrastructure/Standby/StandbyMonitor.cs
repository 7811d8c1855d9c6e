using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Standby;

/// <summary>
/// Finds out, in rounds, up to which instant the standby contains everything that was committed on the primary. A round reads the primary's
/// WAL position and then the standby's replayed position, until it has reached the primary's. An idle primary therefore does not look like
/// lag, and no clock of a server is used. Rounds run at an interval, and at once if a read waits for one.
/// </summary>
internal sealed partial class StandbyMonitor(
    StandbyConnections connections, StandbyState state, TenantChanges changes, TimeProvider clock,
    ILogger<StandbyReport> logger) : BackgroundService
{
    /// <summary>The longest time between two rounds, and the time while the standby does not keep up or no read waits.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>The shortest time between two rounds, however many reads wait.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly StandbySamples _samples = new();
    private readonly StandbyReport _report = new(clock, logger);

    private int _timeline;
    private double _started;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!connections.IsConfigured)
            return;

        var wanted = Task.CompletedTask;
        while (true)
        {
            var succeeded = await TryRoundAsync(stoppingToken);
            await Task.Delay(succeeded ? Spacing : PauseAfterFailure, clock, stoppingToken);
            if (wanted.IsCompleted)
                wanted = state.RoundWanted.WaitAsync(stoppingToken).AsTask();
            await wanted.WaitAsync(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> TryRoundAsync(CancellationToken cancellationToken)
    {
        var (round, end) = state.BeginRound();
        try
        {
            await RoundAsync(round, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Any failure, also of a statement: the standby is not used while its lag is unknown.
            SwitchOff(exception is UnavailableException unavailable ? unavailable.Reason : DatabaseFailure.Describe(exception));
            return false;
        }
        finally
        {
            end.SetResult();
        }
    }

    private async Task RoundAsync(StandbyRound round, CancellationToken cancellationToken)
    {
        var primary = (await connections.Primary!.QuerySingleOrDefaultAsync<PrimaryRow>(StandbySql.Primary, null, cancellationToken))!;
        if (primary.Timeline != _timeline)
            _samples.Clear();
        _timeline = primary.Timeline;
        _samples.Add(round.At, primary.Position);
        for (var pause = TimeSpan.FromMilliseconds(1); ; pause *= 2)
        {
            var standby = (await connections.Standby!.QuerySingleOrDefaultAsync<StandbyRow>(StandbySql.Standby, null, cancellationToken))!;
            // Before it counts: connections of reads may lead to the server that was here before.
            if (standby.Started != _started)
                connections.Clear();
            _started = standby.Started;
            if (StandbyIdentity.GetRefusalReason(primary, standby) is { } reason)
            {
                SwitchOff(reason);
                return;
            }

            if (_samples.Replayed(standby.Position) is { } contains)
            {
                state.Contains(contains, round);
                changes.Forget(contains);
            }

            if (_samples.IsEmpty || clock.GetElapsedTime(round.At) >= StandbyState.MaxWait)
                break;
            await Task.Delay(pause, clock, cancellationToken);
        }

        state.EndRound(keepsUp: _samples.IsEmpty);
        Report();
    }

    private void SwitchOff(string reason)
    {
        state.SwitchOff(reason);
        connections.Clear();
        state.EndRound(keepsUp: false);
        Report();
    }

    private void Report()
    {
        var (lag, notUsed) = state.GetUse();
        _report.Report(lag, notUsed);
    }
}
