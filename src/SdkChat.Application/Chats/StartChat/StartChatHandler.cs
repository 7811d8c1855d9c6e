using System.Text;
using MediatR;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Pipelines;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Chats.StartChat;

internal sealed class StartChatHandler(
    IProfileRepository profiles, IChatRepository chats, IWishRecords wishes, IRunSignal runs, TimeProvider clock)
    : IRequestHandler<StartChatCommand, StartedChat>
{
    public async Task<StartedChat> Handle(StartChatCommand request, CancellationToken cancellationToken)
    {
        var prompt = request.Prompt!.Trim();
        var wish = Wish.Of(request.IdempotencyKey, nameof(StartChat), request.Profile, [Encoding.UTF8.GetBytes(prompt)]);

        // Before anything else is asked: the answer is the first one's, whatever has become of the profile since.
        return await RecallAsync(request, wish, cancellationToken)
            ?? await StartAsync(request, prompt, wish, cancellationToken)
            ?? await RecallAsync(request, wish, cancellationToken)
            ?? throw new SdkChatException(ErrorCode.Unavailable, "The same wish is being carried out elsewhere. Try again in a moment.");
    }

    private async Task<StartedChat?> RecallAsync(StartChatCommand request, Wish? wish, CancellationToken cancellationToken) =>
        await wishes.RecallAsync(request.Tenant, wish, cancellationToken) is { } record ? Answer(request, record.Chat) : null;

    /// <returns>Null when the same wish, sent twice, has been carried out meanwhile.</returns>
    private async Task<StartedChat?> StartAsync(StartChatCommand request, string prompt, Wish? wish, CancellationToken cancellationToken)
    {
        var visit = await profiles.FindVisitAsync(request.Tenant, request.Profile, cancellationToken) ?? throw NotFoundException.Profile();
        var now = clock.Now();
        var chat = Chat.Start(
            new ChatId(Guid.CreateVersion7(now)), request.Tenant, request.Profile, visit.ActiveSession, prompt, now);
        if (await chats.AddAsync(request.Tenant, chat, wish, cancellationToken) != ChatWrite.Done)
            return null;

        runs.RunsDue();
        return Answer(request, chat.State.Id);
    }

    private static StartedChat Answer(StartChatCommand request, ChatId chat) => new(chat, request.Profile, ChatStatus.InProgress);
}
