using MediatR;

namespace SdkChat.Application.Tenants.SetTenantEnabled;

/// <summary>Lets a tenant's callers in, or refuses them on every node within 5 s; its data stays. Answers the tenant as it is now.</summary>
public sealed record SetTenantEnabledCommand(string Code, bool Enabled) : IRequest<Tenant>;
