using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Authentication;

/// <summary>The data of a verified credential. Authorization decides whether it is sufficient.</summary>
/// <param name="Scheme">The scheme that verified it.</param>
/// <param name="Tenant">Null for a backoffice token.</param>
/// <param name="Subject">The subject of the token; null for an SDK key.</param>
/// <param name="TenantCode">The code that a tenant token claims in addition to the id; null if it claims none.</param>
/// <param name="HasRole">Whether it has the role that its scheme requires; an SDK key needs none.</param>
/// <param name="AcceptedUntil">From this instant the credential is refused; null for never.</param>
/// <param name="SignedBy">
/// The published key that signed the token (<see cref="Keys.PublishedKeys.NameOf"/>); null if it cannot be withdrawn.
/// </param>
/// <param name="AddedBy">
/// The user who added the screen whose credential this is: a block of the user applies to it too. Otherwise null.
/// </param>
internal sealed record Credential(
    string Scheme, TenantId? Tenant, string? Subject, string? TenantCode, bool HasRole, DateTimeOffset? AcceptedUntil,
    string? SignedBy = null, string? AddedBy = null);
