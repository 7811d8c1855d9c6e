using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Screens;

/// <summary>The stored screens. Authentication uses <see cref="IScreenCache"/>, which sees a change within seconds.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IScreenRepository
{
    /// <summary>
    /// Stores a screen whose link was not used yet. Links that were not used in time, and screens that were revoked 30 days ago, are
    /// removed.
    /// </summary>
    /// <param name="link">The code in the link.</param>
    /// <returns>False if the tenant has <see cref="Screen.MaxPerTenant"/> screens; concurrent calls may exceed it by a few.</returns>
    Task<bool> AddAsync(TenantId tenant, Screen screen, ScreenSecret link, CancellationToken cancellationToken);

    /// <summary>The tenant's screens, newest first, without links that were not used in time.</summary>
    Task<IReadOnlyList<Screen>> ListAsync(TenantId tenant, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Revokes a screen or its unused link permanently, on every node within 5 s.</summary>
    /// <returns>False if the tenant has no such screen, or it was revoked before.</returns>
    Task<bool> RevokeAsync(TenantId tenant, Guid screen, DateTimeOffset at, CancellationToken cancellationToken);
}

/// <summary>The screens of all tenants, for callers who have a secret instead of a tenant.</summary>
/// <inheritdoc cref="IScreenRepository"/>
public interface IScreenSecrets
{
    /// <summary>
    /// Uses a link: from now on the token belongs to its screen. A link works once, also when it is used twice at the same time.
    /// </summary>
    /// <param name="tenantCode">The code of the tenant that the link must belong to; null for any.</param>
    /// <returns>False if no link with this code works now. A link of another tenant is not used.</returns>
    Task<bool> ActivateAsync(
        ScreenSecret link, string? tenantCode, ScreenSecret token, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Which of these screens may have streams: they were not revoked, and the admin who made the link is not blocked.</summary>
    Task<IReadOnlySet<Guid>> FindActiveAsync(IReadOnlyCollection<Guid> screens, CancellationToken cancellationToken);
}

/// <summary>Finds screens by their token in a cache. A result is at most 5 s older than the database.</summary>
public interface IScreenCache
{
    /// <param name="mayRead">False to find only what is in the cache, without a statement.</param>
    /// <returns>Null if no screen has this token, or it was revoked.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">The screen is not in the cache, and storage cannot answer now.</exception>
    ValueTask<SignedInScreen?> FindAsync(ScreenSecret token, bool mayRead, CancellationToken cancellationToken);
}

/// <summary>A screen that presented its token.</summary>
/// <param name="CreatedBy">
/// The admin who made the link; null if the token has no subject. The admin's block applies to the screen too.
/// </param>
public sealed record SignedInScreen(Guid Id, TenantId Tenant, string? CreatedBy);
