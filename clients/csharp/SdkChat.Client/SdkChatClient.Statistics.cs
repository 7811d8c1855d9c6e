namespace SdkChat.Client;

/// <content>Statistics.</content>
public sealed partial class SdkChatClient
{
    /// <summary>Numbers of the tenant's chats by hour, day or week.</summary>
    /// <param name="query">Null for the last 30 days.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public Task<ChatStats> GetStatsAsync(StatsQuery? query = null, CancellationToken cancellationToken = default) =>
        StatsAsync(Chats, query, cancellationToken);

    /// <summary>Numbers of all tenants' chats; with a backoffice token.</summary>
    /// <param name="query">Null for the last 30 days.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public Task<ChatStats> GetAllStatsAsync(StatsQuery? query = null, CancellationToken cancellationToken = default) =>
        StatsAsync(AllChats, query, cancellationToken);

    private async Task<ChatStats> StatsAsync(string path, StatsQuery? query, CancellationToken cancellationToken)
    {
        var parameters = new (string Name, string? Value)[]
        {
            ("from", Text(query?.From)), ("to", Text(query?.To)), ("bucket", query?.Bucket?.ToString().ToLowerInvariant()),
            ("tz", query?.TimeZone),
            ("profile_id", query?.Profile?.ToString()), ("tenant_id", query?.Tenant?.ToString()),
            ("group_by", query?.ByTenant == true ? "tenant" : null),
            ("questions", query?.Questions == true ? "true" : null),
        };
        return (await ReadAsync(
            $"{path}/stats?{Query(parameters)}", Wire.Default.EnvelopeChatStats, cancellationToken).ConfigureAwait(false)).Body.Data;
    }

    private static string Query(IEnumerable<(string Name, string? Value)> parameters) => string.Join(
        '&',
        parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
}
