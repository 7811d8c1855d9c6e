using MediatR;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Chats.PollChat;

internal sealed class PollChatHandler(IChatRepository chats, IPipeline pipeline, RunPolicy policy, TimeProvider clock)
    : IRequestHandler<PollChatQuery, ChatState>
{
    public async Task<ChatState> Handle(PollChatQuery request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(request, cancellationToken);
        var chat = found.Required();
        if (found.Run is not { } run)
            return chat.State;

        var report = await AskAsync(run, cancellationToken);
        if (!RunOutcome.Settle(chat, report, policy, clock.Now()))
            return chat.State;

        // Of all that see the run's end at once one stores it; the others answer what that one stored.
        return await chats.SaveAsync(request.Tenant, chat, wish: null, cancellationToken) == ChatWrite.Done
            ? chat.State
            : (await FindAsync(request, cancellationToken)).Required().State;
    }

    private Task<ChatLookup> FindAsync(PollChatQuery request, CancellationToken cancellationToken) =>
        chats.FindAsync(request.Tenant, request.Profile, request.Chat, cancellationToken);

    private async Task<RunReport> AskAsync(RunTicket run, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), patience, policy.PollPatience, Timeout.InfiniteTimeSpan);
        try
        {
            return await pipeline.AskAsync(run, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RunReport.NoAnswer("A poll would not wait any longer.");
        }
    }
}
