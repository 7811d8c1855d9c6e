using MediatR;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>
/// Returns the state of a chat. While the chat is in progress it asks the pipeline first, and stores the outcome if the run has ended. It
/// is therefore a command, although clients use it to read.
/// </summary>
/// <param name="Known">The version that the caller has, if any. A finished chat of that version is not read.</param>
public sealed record PollChatCommand(TenantId Tenant, ProfileId Profile, ChatId Chat, ChatVersion? Known = null) : IRequest<PolledChat>;

/// <summary>A polled chat.</summary>
/// <param name="Chat">Null if the chat is finished and has the version that the caller has.</param>
/// <param name="Run">The run, if its end is not known; else null.</param>
public sealed record PolledChat(ChatState? Chat, RunTicket? Run);

internal sealed class PollChatHandler(IChatRepository chats, IPipeline pipeline, RunPolicy policy, TimeProvider clock)
    : IRequestHandler<PollChatCommand, PolledChat>
{
    public async Task<PolledChat> Handle(PollChatCommand request, CancellationToken cancellationToken)
    {
        var found = await (request.Known is { } known
            ? chats.FindChangedAsync(request.Tenant, request.Profile, request.Chat, known, cancellationToken)
            : FindAsync(request, cancellationToken));
        if (found.IsKnown)
            return new PolledChat(Chat: null, Run: null);

        var chat = found.Required();
        if (found.Run is not { } run || !found.IsRunAccepted)
            return new PolledChat(chat.State, found.Run);

        var report = await AskAsync(run, cancellationToken);
        if (!RunOutcome.Settle(chat, report, policy, clock.Now()))
            return new PolledChat(chat.State, run);

        // If several calls find the end of the run at once, one of them stores it. The others return the stored outcome.
        return new PolledChat(
            await chats.SaveAsync(request.Tenant, chat, request: null, cancellationToken) == ChatWrite.Done
                ? chat.State
                : (await FindAsync(request, cancellationToken)).Required().State,
            Run: null);
    }

    private Task<ChatLookup> FindAsync(PollChatCommand request, CancellationToken cancellationToken) =>
        chats.FindAsync(request.Tenant, request.Profile, request.Chat, cancellationToken);

    private async Task<RunReport> AskAsync(RunTicket run, CancellationToken cancellationToken)
    {
        using var waitLimit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), waitLimit, policy.PollTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            return await pipeline.AskAsync(run, waitLimit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RunReport.NoAnswer("A poll would not wait any longer.");
        }
    }
}
