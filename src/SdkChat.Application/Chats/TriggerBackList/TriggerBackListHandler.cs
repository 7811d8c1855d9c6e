using MediatR;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Application.Common.Documents;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Chats.TriggerBackList;

internal sealed class TriggerBackListHandler(IChatRepository chats, IWishRecords wishes, TimeProvider clock)
    : IRequestHandler<TriggerBackListCommand, TriggeredBackList>
{
    public Task<TriggeredBackList> Handle(TriggerBackListCommand request, CancellationToken cancellationToken)
    {
        CheckSize(request.NotificationItems);
        var wish = Wish.Of(
            request.IdempotencyKey, nameof(TriggerBackList), request.Profile,
            [request.Chat?.Value.ToByteArray(), request.NotificationItems?.Utf8]);
        return ChatChange.RepeatAsync(async () =>
            await RecallAsync(request, wish, cancellationToken) ?? await TriggerAsync(request, wish, cancellationToken));
    }

    /// <summary>Items are stored and sent as they came; the limit is for readers, who write numbers out.</summary>
    private static void CheckSize(RawJson? items)
    {
        if (items is { } sent && JsonbText.Length(sent.Utf8.Span, out _) > DocumentLimit.MaxBytes)
            throw DocumentLimit.TooLarge("The list of notification items");
    }

    private async Task<TriggeredBackList?> RecallAsync(TriggerBackListCommand request, Wish? wish, CancellationToken cancellationToken) =>
        await wishes.RecallAsync(request.Tenant, wish, cancellationToken) is { } record
            ? new TriggeredBackList(record.Chat, request.Profile, record.BackListStatus, record.NotificationItems ?? RawJson.EmptyArray)
            : null;

    /// <returns>Null when another call was faster: the same wish sent twice, or another change of the chat.</returns>
    private async Task<TriggeredBackList?> TriggerAsync(TriggerBackListCommand request, Wish? wish, CancellationToken cancellationToken)
    {
        var chat = await ChatAsync(request, cancellationToken);
        chat.TriggerBackList(request.NotificationItems, clock.Now());
        if (await chats.SaveAsync(request.Tenant, chat, wish, cancellationToken) != ChatWrite.Done)
            return null;

        var state = chat.State;
        return new TriggeredBackList(state.Id, state.Profile, state.BackListStatus, state.Result!.NotificationItems);
    }

    private async Task<Chat> ChatAsync(TriggerBackListCommand request, CancellationToken cancellationToken)
    {
        if (request.Chat is { } named)
            return (await chats.FindAsync(request.Tenant, request.Profile, named, cancellationToken)).Required();

        var newest = await chats.FindNewestCompletedAsync(request.Tenant, request.Profile, cancellationToken);
        if (!newest.ProfileExists)
            throw NotFoundException.Profile();
        return newest.Chat ?? throw new SdkChatException(ErrorCode.ChatNotCompleted, "The profile has no completed chat that has not been ended.");
    }
}
