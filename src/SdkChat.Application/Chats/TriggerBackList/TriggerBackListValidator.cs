using System.Text.Json;
using FluentValidation;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Chats.TriggerBackList;

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
