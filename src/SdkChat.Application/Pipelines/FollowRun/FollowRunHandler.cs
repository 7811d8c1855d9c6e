using MediatR;
using SdkChat.Application.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Pipelines.FollowRun;

internal sealed class FollowRunHandler(
    IPendingRuns runs, IPipeline pipeline, IChatRepository chats, RunPolicy policy, TimeProvider clock) : IRequestHandler<FollowRunCommand>
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    public async Task<Unit> Handle(FollowRunCommand request, CancellationToken cancellationToken)
    {
        // A poll or a DELETE may have been faster.
        if (await runs.FindAsync(request.Tenant, request.Chat, cancellationToken) is not { } run)
            return Unit.Value;

        var report = run.StartedAt is null
            ? await pipeline.StartAsync(run.Request, cancellationToken)
            : await pipeline.AskAsync(run.Request.Ticket, cancellationToken);

        var now = clock.Now();
        if (RunOutcome.Settle(run.Chat, report, policy, now))
            // A conflict means that somebody else settled it, or that the shopper ended the chat: either way it is done.
            await chats.SaveAsync(request.Tenant, run.Chat, wish: null, cancellationToken);
        else
            await NoteAsync(request, run, report, now, cancellationToken);
        return Unit.Value;
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
