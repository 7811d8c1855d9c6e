using FluentValidation;

namespace SdkChat.Application.Chats;

/// <summary>Validates combinations of criteria, each of which is valid by itself.</summary>
internal sealed class ChatFilterValidator : AbstractValidator<ChatFilter>
{
    public ChatFilterValidator()
    {
        RuleFor(filter => filter.From).Must((filter, from) => from is null || filter.To is null || from <= filter.To)
            .OverridePropertyName("from").WithMessage("must not be after to.");
        RuleFor(filter => filter.Query).IsSearchQuery().OverridePropertyName("q");
    }
}
