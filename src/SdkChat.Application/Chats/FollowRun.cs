using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Pipelines;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>Follows one run that this node has claimed: starts it or asks for its state, and completes or fails its chat when the run has ended.</summary>
public sealed record FollowRunCommand(TenantId Tenant, ChatId Chat) : IRequest;

internal sealed class FollowRunHandler(
    IPendingRuns runs, IPipeline pipeline, IChatRepository chats, RunPolicy policy, TimeProvider clock) : IRequestHandler<FollowRunCommand>
{
    /// <summary>Storage that is away is no reason to fail a chat, unless it is away for this one alone, time after time.</summary>
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
        // A poll or a DELETE may have been faster.
        if (await runs.FindAsync(request.Tenant, request.Chat, cancellationToken) is not { } run)
            return;

        var report = await ReportAsync(run, cancellationToken);
        var now = clock.Now();
        if (RunOutcome.Settle(run.Chat, report, policy, now))
            // A conflict means that somebody else settled it, or that the shopper ended the chat: either way it is done.
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

    /// <summary>The time limit counts for a run that cannot even be followed: its chat, at least, can be read and ended.</summary>
    /// <returns>False when there is time left, and the run is taken on again.</returns>
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

    private Task NoteAsync(FollowRunCommand request, PendingRun run, RunReport report, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (startedAt, wait, progressed) = report switch
        {
            RunReport.Running => (run.StartedAt ?? now, policy.CheckInterval, true),
            // The pipeline has lost it. Not a moment to lose, but no tight loop either should it lose it again.
            RunReport.Unknown => ((DateTimeOffset?)null, FirstRetry, false),
            _ => (run.StartedAt, BackOff(run.Attempts), false),
        };
        var deadline = run.Chat.State.CreatedAt + policy.TimeLimit;
        var next = now + wait;
        return runs.NoteAsync(
            request.Tenant, request.Chat, startedAt, next < deadline || deadline <= now ? next : deadline, progressed, cancellationToken);
    }

    /// <summary>1, 2, 4 … seconds, never rarer than an ordinary check; jittered, so that runs do not come back in step.</summary>
    private TimeSpan BackOff(int attempts)
    {
        var wait = FirstRetry * Math.Pow(2, Math.Clamp(attempts - 1, 0, 10));
        return (wait < policy.CheckInterval ? wait : policy.CheckInterval) * (0.75 + (Random.Shared.NextDouble() / 2));
    }
}
