using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Storage;

/// <summary>The standby that history reads use, and whether a read may use it.</summary>
internal sealed partial class HistoryStandby(
    Database database, StandbyState state, TenantChanges changes, StandbyMetrics metrics, TimeProvider clock,
    ILogger<HistoryStandby> logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private long _logged = clock.GetTimestamp() - (long)(Quiet.TotalSeconds * clock.TimestampFrequency);

    public Database Database => database;

    /// <summary>Whether a read on the standby contains all changes of the tenant, or of all tenants, that this node knows of.</summary>
    public async ValueTask<bool> IsCurrentAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        if (await state.ContainsAsync(changes.Newest(tenant), cancellationToken))
            return true;

        metrics.FellBack(state.IsUsable ? StandbyFallback.NotReplayed : StandbyFallback.NotUsable);
        return false;
    }

    public void Succeeded()
    {
        state.ReadSucceeded();
        metrics.ReadFromStandby();
    }

    /// <summary>
    /// The tenant's later reads must contain what this one has shown. Otherwise a list could lose a chat when its reads change from the
    /// primary to the standby.
    /// </summary>
    public void ReadFromPrimary(TenantId? tenant)
    {
        changes.Changed(tenant);
        metrics.ReadFromPrimary();
    }

    /// <summary>
    /// A read failed on the standby. A lost connection, missing resources and an exhausted pool end its use for all reads; a conflict with
    /// the replay and a statement that takes too long concern one statement.
    /// </summary>
    public void Failed(Exception exception)
    {
        var cause = exception is UnavailableException { InnerException: { } inner } ? inner : exception;
        var reason = ReasonOf(cause);
        metrics.FellBack(reason);
        if (exception is UnavailableException && reason != StandbyFallback.Conflict && !DatabaseFailure.ConcernsStatement(cause))
            state.ReadFailed($"a history read failed on it ({DatabaseFailure.Describe(cause)})");
        if (MustLog())
            ReadFailed(DatabaseFailure.Describe(cause));
    }

    private static StandbyFallback ReasonOf(Exception cause) => DatabaseFailure.CauseOf(cause) switch
    {
        FailureCause.Conflict => StandbyFallback.Conflict,
        FailureCause.Timeout when DatabaseFailure.ConcernsStatement(cause) => StandbyFallback.Timeout,
        _ => StandbyFallback.Failed,
    };

    private bool MustLog()
    {
        var logged = Volatile.Read(ref _logged);
        return clock.GetElapsedTime(logged) >= Quiet && Interlocked.CompareExchange(ref _logged, clock.GetTimestamp(), logged) == logged;
    }

    [LoggerMessage(
        2043, LogLevel.Warning,
        "A history read failed on the standby, and the primary answers it: {Reason}. At most one such line in 10 s")]
    private partial void ReadFailed(string reason);
}
