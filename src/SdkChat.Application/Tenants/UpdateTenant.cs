using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Tenants;

/// <summary>Renames, enables or disables a tenant, on every node within 5 s. Its data stays. Returns the tenant after the change.</summary>
/// <param name="Name">Null to keep it.</param>
/// <param name="Enabled">Null to keep it.</param>
public sealed record UpdateTenantCommand(TenantReference Tenant, string? Name, bool? Enabled) : IRequest<Tenant>;

internal sealed class UpdateTenantHandler(ITenantRepository tenants) : IRequestHandler<UpdateTenantCommand, Tenant>
{
    public async Task<Tenant> Handle(UpdateTenantCommand request, CancellationToken cancellationToken)
    {
        var id = request.Tenant.Id ?? (await tenants.GetAsync(request.Tenant, cancellationToken)).Id;
        return await tenants.UpdateAsync(id, request.Name?.Trim(), request.Enabled, cancellationToken) ?? throw NotFoundException.Tenant();
    }
}

internal sealed class UpdateTenantValidator : AbstractValidator<UpdateTenantCommand>
{
    public UpdateTenantValidator()
    {
        RuleFor(command => command).Must(command => command.Name is not null || command.Enabled is not null)
            .OverridePropertyName("").WithMessage("must have name, enabled or both.");
        RuleFor(command => command.Name).Must(name => name is null || NameRule.IsValid(name, Tenant.MaxNameLength))
            .OverridePropertyName("name").WithMessage(NameRule.Message(Tenant.MaxNameLength));
    }
}
