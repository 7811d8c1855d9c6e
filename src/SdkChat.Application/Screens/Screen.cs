using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Screens;

/// <summary>A screen that shows a tenant's wall without a user's sign-in.</summary>
/// <param name="Name">For display.</param>
/// <param name="CreatedBy">The admin who made the link, from the token; null if the token has no subject.</param>
/// <param name="LinkUntil">From this instant the link does not work.</param>
/// <param name="ActivatedAt">When the link was used; null if it was not.</param>
public sealed record Screen(
    Guid Id, TenantId Tenant, string Name, DateTimeOffset CreatedAt, string? CreatedBy, DateTimeOffset LinkUntil,
    DateTimeOffset? ActivatedAt)
{
    /// <summary>When the screen called last, at most a minute and <c>ApiKeys:LastUseFlushSeconds</c> behind; null if it has not.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(10);

    /// <summary>The maximum length of a name in characters, after trimming.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The maximum number of a tenant's screens and unused links that have not been revoked.</summary>
    public const int MaxPerTenant = 50;
}
