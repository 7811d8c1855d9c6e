using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>A block of one user of a tenant: calls are refused and streams end, although the token is valid.</summary>
/// <param name="Subject">
/// The subject of the user's tokens, after characters that cannot be stored were replaced (<see cref="MaxSubjectLength"/>).
/// </param>
/// <param name="Until">From this instant the user is accepted again.</param>
/// <param name="Reason">For display.</param>
/// <param name="CreatedBy">The super admin who set the block last, from the token; null if the token has no subject.</param>
public sealed record Block(
    Guid Id, TenantId Tenant, string Subject, DateTimeOffset Until, string Reason, DateTimeOffset CreatedAt, string? CreatedBy)
{
    /// <summary>The maximum length of a subject in characters (Unicode code points), as the service reads it from a token.</summary>
    public const int MaxSubjectLength = 200;

    /// <summary>The maximum length of a reason in characters, after trimming.</summary>
    public const int MaxReasonLength = 500;
}
