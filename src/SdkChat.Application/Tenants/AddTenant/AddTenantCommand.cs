using MediatR;

namespace SdkChat.Application.Tenants.AddTenant;

/// <summary>Takes a new shop in, enabled. Its code never changes.</summary>
/// <param name="Code">As an operator types it; upper case is folded.</param>
/// <param name="Name">For people; the code when null.</param>
public sealed record AddTenantCommand(string Code, string? Name = null) : IRequest<Tenant>;
