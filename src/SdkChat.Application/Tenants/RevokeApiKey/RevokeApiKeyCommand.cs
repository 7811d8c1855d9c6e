using MediatR;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants.RevokeApiKey;

/// <summary>
/// Ends a key for good, on every node within 5 s. A key that was revoked before keeps that instant. Returns the key as it is now.
/// </summary>
/// <param name="Key">The key's prefix as a list shows it. An operator may also name the whole key.</param>
/// <param name="Tenant">Whose key it must be; null for an operator, who may revoke the keys of all tenants.</param>
public sealed record RevokeApiKeyCommand(string Key, TenantId? Tenant = null) : IRequest<ApiKeyListItem>
{
    /// <summary>Without the key: it may be a whole one.</summary>
    public override string ToString() => nameof(RevokeApiKeyCommand);
}
