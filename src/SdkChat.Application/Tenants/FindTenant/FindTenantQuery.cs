using MediatR;

namespace SdkChat.Application.Tenants.FindTenant;

/// <summary>The tenant that an operator names.</summary>
/// <param name="Code">As typed; upper case is folded.</param>
public sealed record FindTenantQuery(string Code) : IRequest<Tenant>;
