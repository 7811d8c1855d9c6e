using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Pipelines;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>
/// Follows one run that this node has claimed: starts it or asks for its state, and completes or fails its chat when the run has ended.
/// </summary>
public sealed record FollowRunCommand(TenantId Tenant, ChatId Chat) : IRequest;

internal sealed class FollowRunHandler(
    IPendingRuns runs, IPipeline pipeline, IChatRepository chats, RunPolicy policy, TimeProvider clock) : IRequestHandler<FollowRunCommand>
{
    /// <summary>
    /// After the time limit, a chat that cannot be followed because storage is unavailable fails only with this many attempts.
    /// </summary>
    private const int HopelessAttempts = 5;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    public async Task<Unit> Handle(FollowRunCommand request, CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(request, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!await FailLateAsync(request, exception, cancellationToken))
                throw;
        }

        return Unit.Value;
    }

    private async Task FollowAsync(FollowRunCommand request, CancellationToken cancellationToken)
    {
        // A poll or a DELETE may have ended the run meanwhile.
        if (await runs.FindAsync(request.Tenant, request.Chat, cancellationToken) is not { } run)
            return;

        var report = await ReportAsync(run, cancellationToken);
        var now = clock.Now();
        if (RunOutcome.Settle(run.Chat, report, policy, now))
            // After a conflict there is nothing left to do: another call stored the outcome, or the shopper ended the chat.
            await chats.SaveAsync(request.Tenant, run.Chat, request: null, cancellationToken);
        else
            await NoteAsync(request, run, report, now, cancellationToken);
    }

    private Task<RunReport> ReportAsync(PendingRun run, CancellationToken cancellationToken) => run switch
    {
        { StartedAt: not null } => pipeline.AskAsync(run.Ticket, cancellationToken),
        { Request: { } request } => pipeline.StartAsync(request, cancellationToken),
        _ => Task.FromResult<RunReport>(new RunReport.Failed(ProfileLimit.StoredTooLarge().Message)),
    };

    /// <summary>
    /// Fails the chat of a run that cannot be followed, once its time limit has passed. Only the row of the chat is read for this.
    /// </summary>
    /// <returns>False if the chat has not failed: the run is claimed again later.</returns>
    private async Task<bool> FailLateAsync(FollowRunCommand request, Exception cause, CancellationToken cancellationToken)
    {
        if (await runs.FindChatAsync(request.Tenant, request.Chat, cancellationToken) is not { } found)
            return true;

        var now = clock.Now();
        if (now - found.Chat.State.CreatedAt < policy.TimeLimit || (cause is UnavailableException && found.Attempts < HopelessAttempts))
            return false;

        found.Chat.Fail($"The run could not be followed within {policy.TimeLimit.TotalSeconds:0} s.", now);
        await chats.SaveAsync(request.Tenant, found.Chat, request: null, cancellationToken);
        return true;
    }

    private Task NoteAsync(
        FollowRunCommand request, PendingRun run, RunReport report, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (startedAt, wait, progressed) = report switch
        {
            RunReport.Running => (run.StartedAt ?? now, policy.CheckInterval, true),
            // The pipeline does not know the run: start it again soon, but not at once, in case it loses the run repeatedly.
            RunReport.Unknown => ((DateTimeOffset?)null, FirstRetry, false),
            _ => (run.StartedAt, BackOff(run.Attempts), false),
        };
        var deadline = run.Chat.State.CreatedAt + policy.TimeLimit;
        var next = now + wait;
        return runs.NoteAsync(
            request.Tenant, request.Chat, startedAt, next < deadline || deadline <= now ? next : deadline, progressed, cancellationToken);
    }

    /// <summary>
    /// 1, 2, 4 … seconds, at most the interval of ordinary checks; with jitter, so that runs do not retry at the same time.
    /// </summary>
    private TimeSpan BackOff(int attempts)
    {
        var wait = FirstRetry * Math.Pow(2, Math.Clamp(attempts - 1, 0, 10));
        return (wait < policy.CheckInterval ? wait : policy.CheckInterval) * (0.75 + (Random.Shared.NextDouble() / 2));
    }
}
