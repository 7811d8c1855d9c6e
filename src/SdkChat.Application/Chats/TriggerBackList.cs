using System.Text.Json;
using FluentValidation;
using MediatR;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Application.Common.Documents;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>The shopper reached the back list.</summary>
/// <param name="Chat">Null for the profile's newest completed chat that has not been ended.</param>
/// <param name="NotificationItems">An array of at most 200 entries that replaces the stored one; null sends the stored one.</param>
/// <param name="IdempotencyKey">Null if the request has none.</param>
public sealed record TriggerBackListCommand(
    TenantId Tenant, ProfileId Profile, ChatId? Chat, RawJson? NotificationItems, string? IdempotencyKey) : IRequest<TriggeredBackList>;

/// <summary>The result of a back-list trigger.</summary>
/// <param name="NotificationItems">The items that the event announces.</param>
public sealed record TriggeredBackList(ChatId Chat, ProfileId Profile, string BackListStatus, RawJson NotificationItems);

internal sealed class TriggerBackListValidator : AbstractValidator<TriggerBackListCommand>
{
    private const int MaxEntries = 200;

    public TriggerBackListValidator()
    {
        RuleFor(command => command.NotificationItems)
            .Must(items => items is not { } sent || IsShortArray(sent))
            .WithMessage($"must be an array of at most {MaxEntries} entries.");
        RuleFor(command => command.IdempotencyKey).IsIdempotencyKey();
    }

    private static bool IsShortArray(RawJson items)
    {
        var reader = new Utf8JsonReader(items.Utf8.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return false;

        var entries = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            entries++;
        }

        return entries <= MaxEntries;
    }
}

internal sealed class TriggerBackListHandler(IChatRepository chats, IIdempotencyStore idempotency, TimeProvider clock)
    : IRequestHandler<TriggerBackListCommand, TriggeredBackList>
{
    /// <summary>Part of stored fingerprints: it must not change.</summary>
    private const string UseCase = "TriggerBackList";

    public Task<TriggeredBackList> Handle(TriggerBackListCommand request, CancellationToken cancellationToken)
    {
        CheckSize(request.NotificationItems);
        var idempotent = IdempotentRequest.Create(
            request.IdempotencyKey, UseCase, request.Profile,
            [request.Chat?.Value.ToByteArray(), request.NotificationItems?.Utf8]);
        return ChatChange.RepeatAsync(async () =>
            await FindProcessedAsync(request, idempotent, cancellationToken) ?? await TriggerAsync(request, idempotent, cancellationToken));
    }

    /// <summary>
    /// Items are stored and sent unchanged. The limit applies to their size with numbers written out, as readers may write them.
    /// </summary>
    private static void CheckSize(RawJson? items)
    {
        if (items is { } sent && JsonbText.Length(sent.Utf8.Span, out _) > DocumentLimit.MaxBytes)
            throw DocumentLimit.TooLarge("The list of notification items");
    }

    private async Task<TriggeredBackList?> FindProcessedAsync(
        TriggerBackListCommand request, IdempotentRequest? idempotent, CancellationToken cancellationToken) =>
        await idempotency.FindAsync(request.Tenant, idempotent, cancellationToken) is { } record
            ? new TriggeredBackList(record.Chat, request.Profile, record.BackListStatus, record.NotificationItems ?? RawJson.EmptyArray)
            : null;

    /// <returns>Null if another call changed the chat meanwhile: the same request sent twice, or another change.</returns>
    private async Task<TriggeredBackList?> TriggerAsync(
        TriggerBackListCommand request, IdempotentRequest? idempotent, CancellationToken cancellationToken)
    {
        var chat = await ChatAsync(request, cancellationToken);
        chat.TriggerBackList(request.NotificationItems, clock.Now());
        if (await chats.SaveAsync(request.Tenant, chat, idempotent, cancellationToken) != ChatWrite.Done)
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
        return newest.Chat
            ?? throw new SdkChatException(ErrorCode.ChatNotCompleted, "The profile has no completed chat that has not been ended.");
    }
}
