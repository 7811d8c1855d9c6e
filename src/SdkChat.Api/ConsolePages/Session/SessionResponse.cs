namespace SdkChat.Api.ConsolePages.Session;

/// <summary>Who is signed in.</summary>
/// <param name="Kind"><c>tenant</c> or <c>backoffice</c>.</param>
/// <param name="Subject">The person, as the token names them; null where it does not.</param>
/// <param name="TenantId">Null for the backoffice, as is <paramref name="TenantCode"/>.</param>
/// <param name="ExpiresAt">The token's <c>exp</c>.</param>
/// <param name="Development">Whether sign-in links can be had, and the page may say how.</param>
internal sealed record SessionResponse(
    string Kind, string? Subject, Guid? TenantId, string? TenantCode, DateTimeOffset? ExpiresAt, bool Development);
