using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>Computes statistics of chats. Every call is one snapshot.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IChatStatistics
{
    /// <param name="filter">Its range is that of the bounds. Of its other criteria only the profile is applied.</param>
    /// <param name="bounds">Ascending, at least two. Each bucket lies between two adjacent bounds.</param>
    /// <param name="withQuestions">Whether to return the most frequent questions as well.</param>
    Task<ChatStats> ReadAsync(
        TenantId tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, bool withQuestions, CancellationToken cancellationToken);
}

/// <summary>Computes statistics for the backoffice, like <see cref="IChatStatistics"/>.</summary>
public interface ICrossTenantChatStatistics
{
    /// <param name="tenant">Null for all tenants.</param>
    /// <param name="byTenant">Whether to return the totals by tenant as well.</param>
    /// <inheritdoc cref="IChatStatistics.ReadAsync"/>
    Task<ChatStats> ReadAsync(
        TenantId? tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, bool withQuestions, bool byTenant,
        CancellationToken cancellationToken);
}
