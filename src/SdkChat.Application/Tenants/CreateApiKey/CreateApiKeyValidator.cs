using FluentValidation;

namespace SdkChat.Application.Tenants.CreateApiKey;

internal sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKeyCommand>
{
    private const int MaxDays = 36_500;

    public CreateApiKeyValidator()
    {
        RuleFor(command => command.Tenant).TenantCode();
        RuleFor(command => command.ExpiresInDays).InclusiveBetween(1, MaxDays).WithMessage($"A key lives for 1 to {MaxDays} days.");
    }
}
