using System.Data;
using Dapper;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <inheritdoc cref="IChatStatistics"/>
internal sealed class ChatStatistics(Database database) : IChatStatistics, ICrossTenantChatStatistics
{
    /// <summary>Completed chats whose times are read, over all buckets, and the bounds of those of one.</summary>
    private const int Answers = 20_000;

    private const int FewestAnswers = 50;
    private const int MostAnswers = 1_000;

    public Task<ChatStats> ReadAsync(TenantId tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, CancellationToken cancellationToken) =>
        ReadAsync((TenantId?)tenant, filter, bounds, byTenant: false, cancellationToken);

    public Task<ChatStats> ReadAsync(
        TenantId? tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, bool byTenant, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            var list = new ChatListPage(tenant, filter, new PagePosition.Last(), 1);
            var counts = await SeriesAsync(connection, transaction, list, bounds, cancellationToken);
            var (answers, ofAll) = await AnswersAsync(connection, transaction, list, bounds, cancellationToken);
            var (errors, items) = await FrequentTexts.ReadAsync(connection, transaction, list, cancellationToken);
            return new ChatStats
            {
                Buckets = [.. counts.Select((count, n) => new ChatBucket(bounds[n], new BucketNumbers(count, answers.GetValueOrDefault(n + 1, None))))],
                Total = new BucketNumbers(counts.Aggregate(Add), ofAll),
                Errors = errors,
                Items = items,
                Groups = byTenant ? await GroupsAsync(connection, transaction, list, cancellationToken) : [],
            };
        },
        cancellationToken);

    private static readonly AnswerTimes None = new(null, null);

    private static async Task<ChatCounts[]> SeriesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, IReadOnlyList<DateTimeOffset> bounds, CancellationToken cancellationToken)
    {
        var above = (await connection.QueryAsync<ChatCountsRow>(new CommandDefinition(
            ChatStatsSql.Series[list.Scope], new { tenant = list.Tenant?.Value, profile = list.Filter.Profile?.Value, bounds = bounds.ToArray() }, transaction,
            cancellationToken: cancellationToken))).Select(row => row.ToCounts(ChatClasses.All)).ToArray();
        return [.. above.Zip(above.Skip(1), Subtract)];
    }

    private static async Task<(Dictionary<int, AnswerTimes> ByBucket, AnswerTimes OfAll)> AnswersAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, IReadOnlyList<DateTimeOffset> bounds, CancellationToken cancellationToken)
    {
        var sample = Math.Clamp(Answers / (bounds.Count - 1), FewestAnswers, MostAnswers);
        var rows = await connection.QueryAsync<(int? Bucket, long[] Percentiles)>(new CommandDefinition(
            ChatStatsSql.AnswerTimes[list.Scope],
            new
            {
                tenant = list.Tenant?.Value,
                profile = list.Filter.Profile?.Value,
                starts = bounds.Take(bounds.Count - 1).ToArray(),
                ends = bounds.Skip(1).ToArray(),
                sample,
            },
            transaction,
            cancellationToken: cancellationToken));
        // Key 0 for the range: buckets count from 1.
        var times = rows.ToDictionary(row => row.Bucket ?? 0, row => row.Percentiles is [var p50, var p95] ? new AnswerTimes(p50, p95) : None);
        return (times, times.GetValueOrDefault(0, None));
    }

    private static async Task<IReadOnlyList<TenantNumbers>> GroupsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<TenantCountsRow>(new CommandDefinition(
            ChatStatsSql.Tenants, new { tenant = list.Tenant?.Value, profile = list.Filter.Profile?.Value, from = list.Filter.From, to = list.Filter.To }, transaction, cancellationToken: cancellationToken));
        var groups = new List<TenantNumbers>();
        foreach (var row in rows)
        {
            var ofTenant = list with { Tenant = new TenantId(row.TenantId) };
            var (_, answers) = await AnswersAsync(connection, transaction, ofTenant, [list.Filter.From!.Value, list.Filter.To!.Value], cancellationToken);
            groups.Add(new TenantNumbers(new TenantId(row.TenantId), row.Code, new BucketNumbers(row.ToCounts(ChatClasses.All), answers)));
        }

        return groups;
    }

    private static ChatCounts Add(ChatCounts one, ChatCounts other) => new(
        one.Total + other.Total, one.InProgress + other.InProgress, one.Completed + other.Completed, one.Error + other.Error, one.Ended + other.Ended,
        one.Triggered + other.Triggered);

    private static ChatCounts Subtract(ChatCounts one, ChatCounts other) => new(
        one.Total - other.Total, one.InProgress - other.InProgress, one.Completed - other.Completed, one.Error - other.Error, one.Ended - other.Ended,
        one.Triggered - other.Triggered);

    private sealed class TenantCountsRow : ChatCountsRow
    {
        public Guid TenantId { get; init; }

        public string Code { get; init; } = "";
    }
}
