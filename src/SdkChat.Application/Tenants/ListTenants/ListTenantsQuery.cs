using MediatR;

namespace SdkChat.Application.Tenants.ListTenants;

/// <summary>All tenants, by code.</summary>
public sealed record ListTenantsQuery : IRequest<IReadOnlyList<Tenant>>;
