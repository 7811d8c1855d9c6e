using FluentValidation;

namespace SdkChat.Application.Tenants.AddTenant;

internal sealed class AddTenantValidator : AbstractValidator<AddTenantCommand>
{
    private const int MaxNameLength = 200;

    public AddTenantValidator()
    {
        RuleFor(command => command.Code).TenantCode();
        RuleFor(command => command.Name)
            .Must(name => name is null || (name.Trim().Length is > 0 and <= MaxNameLength && !name.Any(char.IsControl)))
            .WithMessage($"The display name is 1 to {MaxNameLength} characters on one line.");
    }
}
