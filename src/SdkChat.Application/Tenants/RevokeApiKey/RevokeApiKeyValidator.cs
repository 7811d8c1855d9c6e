using FluentValidation;

namespace SdkChat.Application.Tenants.RevokeApiKey;

internal sealed class RevokeApiKeyValidator : AbstractValidator<RevokeApiKeyCommand>
{
    public RevokeApiKeyValidator() =>
        RuleFor(command => command.Key)
            .Must(key => key.StartsWith("osk_", StringComparison.Ordinal) && !key.Any(char.IsControl))
            .OverridePropertyName("prefix")
            .WithMessage("must begin with osk_, as the list of keys shows it.");
}
