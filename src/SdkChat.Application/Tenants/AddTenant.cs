using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>Creates a tenant, enabled. Its code never changes.</summary>
/// <param name="Code">As an operator types it; upper case becomes lower case.</param>
/// <param name="Name">The display name; null for the code.</param>
public sealed record AddTenantCommand(string Code, string? Name = null) : IRequest<Tenant>;

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

internal sealed class AddTenantHandler(ITenantRepository tenants) : IRequestHandler<AddTenantCommand, Tenant>
{
    public async Task<Tenant> Handle(AddTenantCommand request, CancellationToken cancellationToken)
    {
        if (!TenantCode.TryParse(request.Code, out var code))
            throw new ArgumentException("The validator lets no such code through.", nameof(request));

        var tenant = new Tenant(new TenantId(Guid.CreateVersion7()), code, request.Name?.Trim() ?? code.Value, Enabled: true);
        return await tenants.AddAsync(tenant, cancellationToken)
            ? tenant
            : throw new SdkChatException(ErrorCode.TenantExists, $"There is a tenant '{code}' already.");
    }
}
