using FluentValidation;

namespace SdkChat.Application.Tenants.SetTenantEnabled;

internal sealed class SetTenantEnabledValidator : AbstractValidator<SetTenantEnabledCommand>
{
    public SetTenantEnabledValidator() => RuleFor(command => command.Code).TenantCode();
}
