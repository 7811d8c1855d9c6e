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
    private static readonly AnswerTimes None = new(null, null);

    public Task<ChatStats> ReadAsync(
        TenantId tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, bool withQuestions, CancellationToken cancellationToken) =>
        ReadAsync((TenantId?)tenant, filter, bounds, withQuestions, byTenant: false, cancellationToken);

    public Task<ChatStats> ReadAsync(
        TenantId? tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, bool withQuestions, bool byTenant,
        CancellationToken cancellationToken) => database.RunAsync(
        tenant,
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            var list = new ChatListPage(tenant, filter, new PagePosition.Last(), 1);
            var stats = await ReadAsync(connection, transaction, list, bounds, cancellationToken);
            if (withQuestions)
                stats = stats with { Questions = await QuestionsAsync(connection, transaction, list, bounds, cancellationToken) };
            return byTenant ? stats with { Groups = await TenantStatistics.ReadAsync(connection, transaction, list, stats.Total, cancellationToken) } : stats;
        },
        cancellationToken);

    private static async Task<ChatStats> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, IReadOnlyList<DateTimeOffset> bounds, CancellationToken cancellationToken)
    {
        var parameters = new StatsParameters(list, bounds);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            ChatStatsSql.All[list.Scope], parameters, transaction, cancellationToken: cancellationToken));
        var parts = (await results.ReadAsync<BucketPart>()).AsList();
        var packs = (await results.ReadAsync<PackRow>()).AsList();
        await results.DisposeAsync();
        var texts = packs.Count > 0 ? Sum(packs) : await NewestTextsAsync(connection, transaction, list, parameters, cancellationToken);
        using var sums = BucketSums.Create(parts, parameters.Quarters, bounds.Count - 1);
        var newest = parts.TrueForAll(part => part.Answers is not null)
            ? null
            : await NewestAnswersAsync(connection, transaction, list, parameters, cancellationToken);
        return new ChatStats
        {
            Buckets = [.. sums.Buckets.Select((sum, n) => new ChatBucket(bounds[n], Numbers(sum, n + 1)))],
            Total = Numbers(sums.Total(), StatsParameters.WholeRange),
            Errors = texts.Errors,
            Items = texts.Items,
        };

        BucketNumbers Numbers(BucketSum sum, int number) => new(
            sum.ToCounts(), newest is null ? sum.Answers.ToTimes() : newest.GetValueOrDefault(number, None));
    }

    /// <summary>Errors and items of the newest chats, where these are not counted.</summary>
    private static async Task<FrequentTexts> NewestTextsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, StatsParameters parameters, CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            ChatStatsSql.NewestTexts[list.Scope], parameters, transaction, cancellationToken: cancellationToken));
        return new FrequentTexts(await ReadAsync(results), await ReadAsync(results));

        static async Task<IReadOnlyList<TextCount>> ReadAsync(SqlMapper.GridReader results) => Texts(await results.ReadAsync<(string, long)>());
    }

    /// <summary>The times of the newest completed chats of each bucket, for as long as the slots have none.</summary>
    internal static async Task<Dictionary<int, AnswerTimes>> NewestAnswersAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, StatsParameters parameters, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(int? Bucket, long[] Percentiles)>(new CommandDefinition(
            ChatStatsSql.AnswerTimes[list.Scope], parameters, transaction, cancellationToken: cancellationToken));
        return rows.ToDictionary(
            row => row.Bucket ?? StatsParameters.WholeRange, row => row.Percentiles is [var p50, var p95] ? new AnswerTimes(p50, p95) : None);
    }

    private static async Task<IReadOnlyList<TextCount>> QuestionsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, IReadOnlyList<DateTimeOffset> bounds, CancellationToken cancellationToken) =>
        Texts(await connection.QueryAsync<(string, long)>(new CommandDefinition(
            ChatStatsSql.Questions[list.Scope], new StatsParameters(list, bounds), transaction, cancellationToken: cancellationToken)));

    private static FrequentTexts Sum(List<PackRow> packs)
    {
        var sum = packs.Aggregate(new PackedTexts(), (texts, pack) => texts.Add(pack.Sign, pack.Packed));
        return new FrequentTexts(sum.Errors, sum.Items);
    }

    private static List<TextCount> Texts(IEnumerable<(string Text, long Count)> rows) => [.. rows.Select(row => new TextCount(row.Text, row.Count))];

    private sealed record FrequentTexts(IReadOnlyList<TextCount> Errors, IReadOnlyList<TextCount> Items);

    private sealed class PackRow
    {
        public int Sign { get; init; }

        public byte[] Packed { get; init; } = [];
    }
}
