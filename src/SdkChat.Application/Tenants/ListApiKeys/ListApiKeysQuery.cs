using MediatR;

namespace SdkChat.Application.Tenants.ListApiKeys;

/// <summary>SDK keys by tenant, oldest first; revoked and expired ones too.</summary>
/// <param name="Tenant">Only this tenant's, by its code; null for everybody's.</param>
public sealed record ListApiKeysQuery(string? Tenant = null) : IRequest<IReadOnlyList<ApiKeyListItem>>;
