using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>Computes statistics of chats. Every call is one snapshot.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IChatStatistics
{
    /// <param name="filter">Its range is that of the bounds; only the profile counts besides.</param>
    /// <param name="bounds">Ascending, at least two: each bucket is from one to the next.</param>
    Task<ChatStats> ReadAsync(TenantId tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, CancellationToken cancellationToken);
}

/// <summary>The same for the backoffice.</summary>
public interface ICrossTenantChatStatistics
{
    /// <param name="tenant">Null for all tenants.</param>
    /// <param name="byTenant">Whether the total is given by tenant as well.</param>
    /// <inheritdoc cref="IChatStatistics.ReadAsync"/>
    Task<ChatStats> ReadAsync(
        TenantId? tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, bool byTenant, CancellationToken cancellationToken);
}
