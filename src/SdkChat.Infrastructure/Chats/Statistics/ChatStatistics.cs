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
    public Task<ChatStats> ReadAsync(
        TenantId tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, bool withQuestions,
        CancellationToken cancellationToken) =>
        ReadAsync((TenantId?)tenant, filter, bounds, withQuestions, byTenant: false, cancellationToken);

    public Task<ChatStats> ReadAsync(
        TenantId? tenant, ChatFilter filter, IReadOnlyList<DateTimeOffset> bounds, bool withQuestions, bool byTenant,
        CancellationToken cancellationToken) => database.RunAsync(
        tenant,
        async connection =>
        {
            var list = new ChatListPage(tenant, filter, new PagePosition.Last(), 1);
            var parameters = new StatsParameters(list, bounds);
            var counted = ChatStatsSql.Parts.GetValueOrDefault(list.Scope);
            if (counted is not null && !withQuestions && !byTenant)
            {
                // What is all in one statement needs no transaction, nor the round trip that ends one.
                var parts = await ReadPartsAsync(connection, null, counted, parameters, cancellationToken);
                if (parts is { HasTexts: true, HasAnswers: true })
                    return parts.Sum(parts.Texts(), newest: null);
                if (!parts.HasTexts)
                    counted = null;
            }

            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            var stats = await ReadAsync(
                connection, transaction, counted ?? ChatStatsSql.Buckets[list.Scope], list, parameters, cancellationToken);
            if (withQuestions)
                stats = stats with { Questions = await QuestionsAsync(connection, transaction, list, parameters, cancellationToken) };
            return byTenant
                ? stats with { Groups = await TenantStatistics.ReadAsync(connection, transaction, list, stats.Total, cancellationToken) }
                : stats;
        },
        cancellationToken);

    private static async Task<ChatStats> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, ChatListPage list, StatsParameters parameters,
        CancellationToken cancellationToken)
    {
        var parts = await ReadPartsAsync(connection, transaction, sql, parameters, cancellationToken);
        return parts.Sum(
            parts.HasTexts ? parts.Texts() : await NewestTextsAsync(connection, transaction, list, parameters, cancellationToken),
            parts.HasAnswers ? null : await NewestAnswersAsync(connection, transaction, list, parameters, cancellationToken));
    }

    private static async Task<StatsParts> ReadPartsAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, StatsParameters parameters,
        CancellationToken cancellationToken)
    {
        var parts = await connection.QueryAsync<StatsPart>(new CommandDefinition(
            sql, parameters, transaction, cancellationToken: cancellationToken));
        return new StatsParts(parameters, parts.AsList());
    }

    /// <summary>Errors and items of the newest chats, where these are not counted.</summary>
    private static async Task<FrequentTexts> NewestTextsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, StatsParameters parameters,
        CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            ChatStatsSql.NewestTexts[list.Scope], parameters, transaction, cancellationToken: cancellationToken));
        return new FrequentTexts(await ReadAsync(results), await ReadAsync(results));

        static async Task<IReadOnlyList<TextCount>> ReadAsync(SqlMapper.GridReader results) =>
            Texts(await results.ReadAsync<(string, long)>());
    }

    /// <summary>The times of the newest completed chats of each bucket, for as long as the slots have none.</summary>
    internal static async Task<Dictionary<int, AnswerTimes>> NewestAnswersAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, StatsParameters parameters,
        CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(int? Bucket, long[] Percentiles)>(new CommandDefinition(
            ChatStatsSql.AnswerTimes[list.Scope], parameters, transaction, cancellationToken: cancellationToken));
        return rows.ToDictionary(
            row => row.Bucket ?? StatsParameters.WholeRange,
            row => row.Percentiles is [var p50, var p95] ? new AnswerTimes(p50, p95) : AnswerTimes.None);
    }

    private static async Task<IReadOnlyList<TextCount>> QuestionsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, StatsParameters parameters,
        CancellationToken cancellationToken) =>
        Texts(await connection.QueryAsync<(string, long)>(new CommandDefinition(
            ChatStatsSql.Questions[list.Scope], parameters, transaction, cancellationToken: cancellationToken)));

    private static List<TextCount> Texts(IEnumerable<(string Text, long Count)> rows) =>
        [.. rows.Select(row => new TextCount(row.Text, row.Count))];
}
