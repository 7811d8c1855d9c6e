using FluentValidation;

namespace SdkChat.Application.Tenants.RevokeApiKey;

internal sealed class RevokeApiKeyValidator : AbstractValidator<RevokeApiKeyCommand>
{
    /// <summary>For an operator alone: to a tenant, whatever is no prefix of one of its keys is as unknown as another's.</summary>
    public RevokeApiKeyValidator() =>
        RuleFor(command => command.Key)
            .Must(key => key.StartsWith("osk_", StringComparison.Ordinal) && !key.Any(char.IsControl)).When(command => command.Tenant is null)
            .OverridePropertyName("prefix")
            .WithMessage("must begin with osk_, as the list of keys shows it.");
}
