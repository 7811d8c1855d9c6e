using FluentValidation;

namespace SdkChat.Application.Tenants.CreateApiKey;

internal sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKeyCommand>
{
    public CreateApiKeyValidator()
    {
        RuleFor(command => command.Name).Must(name => name is null || NameRule.IsValid(name, CreateApiKeyCommand.MaxNameLength))
            .OverridePropertyName("name").WithMessage(NameRule.Message(CreateApiKeyCommand.MaxNameLength));
        RuleFor(command => command.ExpiresInDays).InclusiveBetween(1, CreateApiKeyCommand.MaxDays).When(command => !command.IsLimited)
            .OverridePropertyName("expires-in").WithMessage($"must be 1 to {CreateApiKeyCommand.MaxDays} days.");
        RuleFor(command => command.ExpiresInDays)
            .Must(days => days is not { } number || CreateApiKeyCommand.ListedDays.Contains(number)).When(command => command.IsLimited)
            .OverridePropertyName("expires_in_days").WithMessage($"must be {string.Join(", ", CreateApiKeyCommand.ListedDays)}, or null for a key that does not expire.");
    }
}
