using FluentValidation;
using SdkChat.Application.Chats.Idempotency;

namespace SdkChat.Application.Chats.StartChat;

internal sealed class StartChatValidator : AbstractValidator<StartChatCommand>
{
    private const int MaxCharacters = 4000;

    public StartChatValidator()
    {
        RuleFor(command => command.Prompt)
            .Must(prompt => Characters(prompt) is >= 1 and <= MaxCharacters)
            .WithMessage("must be 1 to 4,000 characters, not counting white space around it.")
            .Must(prompt => prompt?.Contains('\0') != true)
            .WithMessage("must not contain U+0000.");
        RuleFor(command => command.IdempotencyKey).IsIdempotencyKey();
    }

    /// <summary>Code points: to a shopper an emoji is one character, not two.</summary>
    private static int Characters(string? prompt) => prompt?.Trim().EnumerateRunes().Count() ?? 0;
}
