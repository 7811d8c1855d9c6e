using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>A tenant's user whose calls are refused and whose streams end, although the token is good.</summary>
/// <param name="Subject">As tokens say it, after what cannot be stored was replaced (<see cref="MaxSubjectLength"/>).</param>
/// <param name="Until">From when on the user is let in again.</param>
/// <param name="Reason">For people.</param>
/// <param name="CreatedBy">The super admin who set the block last, as the token says; null where it does not.</param>
public sealed record Block(Guid Id, TenantId Tenant, string Subject, DateTimeOffset Until, string Reason, DateTimeOffset CreatedAt, string? CreatedBy)
{
    /// <summary>Characters (Unicode code points) of a subject, as the service reads it from a token.</summary>
    public const int MaxSubjectLength = 200;

    /// <summary>Characters of a reason, after trimming.</summary>
    public const int MaxReasonLength = 500;
}
