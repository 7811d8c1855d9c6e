namespace SdkChat.Api.ConsolePages.Session;

/// <summary>The signed-in user.</summary>
/// <param name="Kind"><c>tenant</c> or <c>backoffice</c>.</param>
/// <param name="Subject">The subject of the token; null if it has none.</param>
/// <param name="TenantId">Null for the backoffice, as is <paramref name="TenantCode"/>.</param>
/// <param name="ExpiresAt">The token's <c>exp</c>.</param>
/// <param name="Development">Whether sign-in links are available, so that the page may explain them.</param>
/// <param name="RenewalDue">Whether the page should renew the session now; null if it cannot be renewed.</param>
internal sealed record SessionResponse(
    string Kind, string? Subject, Guid? TenantId, string? TenantCode, DateTimeOffset? ExpiresAt, bool Development, bool? RenewalDue);
