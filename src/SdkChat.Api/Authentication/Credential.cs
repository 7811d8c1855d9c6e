using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Authentication;

/// <summary>What a credential that was found good says; whether it is enough is authorization's question.</summary>
/// <param name="Scheme">The scheme that vouches for it.</param>
/// <param name="Tenant">Null for a backoffice token.</param>
/// <param name="Subject">Who the person is, as the token says; null for an SDK key.</param>
/// <param name="TenantCode">The code that a tenant token claims beside the id; null when it claims none.</param>
/// <param name="HasRole">Whether it carries the role its scheme asks for; an SDK key needs none.</param>
/// <param name="AcceptedUntil">From then on the same credential would be refused; null for never.</param>
/// <param name="SignedBy">The published key that signed the token (<see cref="Keys.PublishedKeys.NameOf"/>); null where it cannot be withdrawn.</param>
internal sealed record Credential(
    string Scheme, TenantId? Tenant, string? Subject, string? TenantCode, bool HasRole, DateTimeOffset? AcceptedUntil, string? SignedBy = null);
