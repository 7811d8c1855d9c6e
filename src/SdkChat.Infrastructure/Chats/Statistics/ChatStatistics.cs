using System.Data;
using Dapper;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <inheritdoc cref="IChatStatistics"/>
internal sealed class ChatStatistics(HistoryDatabase database) : IChatStatistics, ICrossTenantChatStatistics
{
    public Task<ChatStats> ReadAsync(TenantId tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, CancellationToken cancellationToken) =>
        ReadAsync((TenantId?)tenant, filter, bounds, byTenant: false, cancellationToken);

    public Task<ChatStats> ReadAsync(
        TenantId? tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, bool byTenant, CancellationToken cancellationToken) => database.RunAsync(
        tenant,
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            var list = new ChatListPage(tenant, filter, new PagePosition.Last(), 1);
            var stats = await ReadAsync(connection, transaction, list, bounds, cancellationToken);
            return byTenant ? stats with { Groups = await GroupsAsync(connection, transaction, list, cancellationToken) } : stats;
        },
        cancellationToken);

    private static async Task<ChatStats> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, IReadOnlyList<DateTimeOffset> bounds, CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            ChatStatsSql.All[list.Scope], new StatsParameters(list, bounds), transaction, cancellationToken: cancellationToken));
        var counts = Counts(await results.ReadAsync<BucketRow>(), bounds.Count - 1);
        var answers = Answers(await results.ReadAsync<(int? Bucket, long[] Percentiles)>());
        var errors = (await results.ReadAsync<(string Text, long Count)>()).Select(error => new TextCount(error.Text, error.Count)).ToList();
        var items = ItemNames.MostFrequent(await results.ReadAsync<byte[]>());
        return new ChatStats
        {
            Buckets = [.. counts.Select((count, n) => new ChatBucket(bounds[n], new BucketNumbers(count, answers.GetValueOrDefault(n + 1, None))))],
            Total = new BucketNumbers(counts.Aggregate(Add), answers.GetValueOrDefault(StatsParameters.WholeRange, None)),
            Errors = errors,
            Items = items,
        };
    }

    private static readonly AnswerTimes None = new(null, null);

    private static ChatCounts[] Counts(IEnumerable<BucketRow> rows, int buckets)
    {
        var counts = Enumerable.Repeat(new ChatCounts(0, 0, 0, 0, 0, 0), buckets).ToArray();
        foreach (var row in rows)
            counts[row.Number - 1] = row.ToCounts(ChatClasses.All);
        return counts;
    }

    private static Dictionary<int, AnswerTimes> Answers(IEnumerable<(int? Bucket, long[] Percentiles)> rows) => rows.ToDictionary(
        row => row.Bucket ?? StatsParameters.WholeRange, row => row.Percentiles is [var p50, var p95] ? new AnswerTimes(p50, p95) : None);

    private static async Task<IReadOnlyList<TenantNumbers>> GroupsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, CancellationToken cancellationToken)
    {
        DateTimeOffset[] range = [list.Filter.From!.Value, list.Filter.To!.Value];
        var rows = await connection.QueryAsync<TenantCountsRow>(new CommandDefinition(
            ChatStatsSql.Tenants, new StatsParameters(list, range), transaction, cancellationToken: cancellationToken));
        var groups = new List<TenantNumbers>();
        foreach (var row in rows)
        {
            var ofTenant = list with { Tenant = new TenantId(row.TenantId) };
            var answers = Answers(await connection.QueryAsync<(int? Bucket, long[] Percentiles)>(new CommandDefinition(
                ChatStatsSql.AnswerTimes[ofTenant.Scope], new StatsParameters(ofTenant, range), transaction, cancellationToken: cancellationToken)));
            groups.Add(new TenantNumbers(
                new TenantId(row.TenantId), row.Code, new BucketNumbers(row.ToCounts(ChatClasses.All), answers.GetValueOrDefault(StatsParameters.WholeRange, None))));
        }

        return groups;
    }

    private static ChatCounts Add(ChatCounts one, ChatCounts other) => new(
        one.Total + other.Total, one.InProgress + other.InProgress, one.Completed + other.Completed, one.Error + other.Error, one.Ended + other.Ended,
        one.Triggered + other.Triggered);

    private sealed class BucketRow : ChatCountsRow
    {
        public int Number { get; init; }
    }

    private sealed class TenantCountsRow : ChatCountsRow
    {
        public Guid TenantId { get; init; }

        public string Code { get; init; } = "";
    }
}
