using Microsoft.Extensions.Options;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>
/// Asks for the state of one run at most once per <see cref="PipelineOptions.AskIntervalSeconds"/>, from the begin of one call to the begin
/// of the next (docs/decisions/0041). Callers in between get the last report, and callers during a call wait for its report.
/// </summary>
/// <remarks>
/// The key is the run, which has a random id and is read from its tenant's own row, so that no caller reaches a run of another tenant. A
/// caller that leaves does not end the call, which ends by its own time-outs, or when the host has stopped.
/// </remarks>
internal sealed class SharedPipeline : IPipeline, IDisposable
{
    /// <summary>The largest number of runs with a current report. Beyond it calls are not shared.</summary>
    public const int MaxRuns = 20_000;

    private readonly Dictionary<ChatId, SharedAsk> _asks = [];

    // Not disposed: a late caller may still read its token. It holds one registration with the host's token, which ends with the host.
    private readonly CancellationTokenSource _stopping;

    private readonly Func<IPipeline> _create;
    private readonly TimeSpan _interval;
    private readonly RunPolicy _policy;
    private readonly TimeProvider _clock;
    private readonly ITimer _cleanup;

    /// <param name="create">Called for each call: an HTTP client is made for a short time.</param>
    /// <param name="stopped">
    /// The host has stopped: all calls end. Without it the HTTP client, which is disposed before this object, would wait up to 30 s for
    /// them.
    /// </param>
    public SharedPipeline(
        Func<IPipeline> create, IOptions<PipelineOptions> options, RunPolicy policy, TimeProvider clock,
        CancellationToken stopped = default)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        (_create, _interval, _policy, _clock) = (create, options.Value.AskInterval, policy, clock);
        _cleanup = clock.CreateTimer(_ => RemoveOld(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The number of runs with a call or a report.</summary>
    public int Count
    {
        get
        {
            lock (_asks)
                return _asks.Count;
        }
    }

    public Task<RunReport> StartAsync(RunRequest request, CancellationToken cancellationToken)
    {
        // A report from before the start may say that the pipeline does not know the run.
        lock (_asks)
            _asks.Remove(request.Ticket.Run);
        return _create().StartAsync(request, cancellationToken);
    }

    public Task<RunReport> AskAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        if (_interval == TimeSpan.Zero || FindOrAdd(ticket) is not var (ask, isNew))
            return _create().AskAsync(ticket, cancellationToken);

        if (isNew)
            _ = ask.RunAsync(() => _create().AskAsync(ticket, _stopping.Token));
        return ask.Report.IsCompleted ? ask.Report : ask.Report.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _cleanup.Dispose();
    }

    /// <returns>Null if there are too many runs.</returns>
    private (SharedAsk Ask, bool IsNew)? FindOrAdd(RunTicket ticket)
    {
        lock (_asks)
        {
            if (_asks.TryGetValue(ticket.Run, out var found)
                && found.IsCurrent(_interval, _clock)
                && !found.BeganBefore(ticket.KickedOffAt + _policy.TimeLimit, _clock))
                return (found, false);

            if (found is null && _asks.Count >= MaxRuns)
                return null;

            if (_asks.Count == 0)
                _cleanup.Change(_interval, Timeout.InfiniteTimeSpan);
            return (_asks[ticket.Run] = new SharedAsk(_clock.GetTimestamp()), true);
        }
    }

    private void RemoveOld()
    {
        lock (_asks)
        {
            foreach (var (run, ask) in _asks)
            {
                if (!ask.IsCurrent(_interval, _clock))
                    _asks.Remove(run);
            }

            if (_asks.Count > 0)
                _cleanup.Change(_interval, Timeout.InfiniteTimeSpan);
        }
    }
}
