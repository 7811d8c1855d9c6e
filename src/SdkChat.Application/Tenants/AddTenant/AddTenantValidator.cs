using FluentValidation;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants.AddTenant;

internal sealed class AddTenantValidator : AbstractValidator<AddTenantCommand>
{
    private const int MaxNameLength = 200;

    public AddTenantValidator()
    {
        RuleFor(command => command.Code).Must(text => TenantCode.TryParse(text, out _)).OverridePropertyName("tenant")
            .WithMessage($"must be 1 to {TenantCode.MaxLength} letters a-z, digits and inner hyphens, and neither admin nor api.");
        RuleFor(command => command.Name)
            .Must(name => name is null || (name.Trim().Length is > 0 and <= MaxNameLength && !name.Any(char.IsControl)))
            .OverridePropertyName("name")
            .WithMessage($"must be 1 to {MaxNameLength} characters on one line.");
    }
}
