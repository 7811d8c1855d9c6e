using Dapper;
using Npgsql;
using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>
/// The most frequent errors and items of a range, computed from its newest chats. A bounded number of them is read, so that no range, however
/// long, reads a table; within the bound the numbers are exact.
/// </summary>
internal static class FrequentTexts
{
    /// <summary>Failed chats that are read.</summary>
    public const int MaxErrors = 20_000;

    /// <summary>Results that are read.</summary>
    public const int MaxResults = 1_000;

    private const int Shown = 20;

    public static async Task<(IReadOnlyList<TextCount> Errors, IReadOnlyList<TextCount> Items)> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, CancellationToken cancellationToken)
    {
        var (tenant, profile, from, to) = (list.Tenant?.Value, list.Filter.Profile?.Value, list.Filter.From, list.Filter.To);
        var errors = await connection.QueryAsync<(string Text, long Count)>(new CommandDefinition(
            ChatStatsSql.Errors[list.Scope], new { tenant, profile, from, to, most = MaxErrors }, transaction, cancellationToken: cancellationToken));
        var results = await connection.QueryAsync<byte[]>(new CommandDefinition(
            ChatStatsSql.Items[list.Scope], new { tenant, profile, from, to, most = MaxResults }, transaction, cancellationToken: cancellationToken));
        var items = from result in results
                    from name in ItemNames.Read(result)
                    group name by name into same
                    orderby same.LongCount() descending, same.Key
                    select new TextCount(same.Key, same.LongCount());
        return ([.. errors.Select(error => new TextCount(error.Text, error.Count))], [.. items.Take(Shown)]);
    }
}
