using FluentValidation;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants.AddTenant;

internal sealed class AddTenantValidator : AbstractValidator<AddTenantCommand>
{
    public AddTenantValidator()
    {
        RuleFor(command => command.Code).Must(text => TenantCode.TryParse(text, out _)).OverridePropertyName("code")
            .WithMessage($"must be 1 to {TenantCode.MaxLength} letters a-z, digits and inner hyphens, and neither admin nor api.");
        RuleFor(command => command.Name).Must(name => name is null || NameRule.IsValid(name, Tenant.MaxNameLength))
            .OverridePropertyName("name").WithMessage(NameRule.Message(Tenant.MaxNameLength));
    }
}
