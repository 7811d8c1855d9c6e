using FluentValidation;

namespace SdkChat.Application.Tenants.CreateApiKey;

internal sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKeyCommand>
{
    public CreateApiKeyValidator() =>
        RuleFor(command => command.ExpiresInDays).InclusiveBetween(1, CreateApiKeyCommand.MaxDays).OverridePropertyName("expires-in")
            .WithMessage($"must be 1 to {CreateApiKeyCommand.MaxDays} days.");
}
