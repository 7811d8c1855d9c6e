using Dapper;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>The numbers of one range by tenant.</summary>
internal static class TenantStatistics
{
    /// <param name="total">The numbers of all of them: those of the one tenant, if the list is that of a profile.</param>
    public static async Task<IReadOnlyList<TenantNumbers>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ChatListPage list, BucketNumbers total,
        CancellationToken cancellationToken)
    {
        var parameters = new StatsParameters(list, [list.Filter.From!.Value, list.Filter.To!.Value]);
        if (list.Filter.Profile is not null)
        {
            var own = await QueryAsync(ChatStatsSql.TenantOfProfile);
            return [.. from row in own where total.Counts.Total > 0 select new TenantNumbers(new TenantId(row.TenantId), row.Code, total)];
        }

        var groups = new List<TenantNumbers>();
        foreach (var row in await QueryAsync(ChatStatsSql.Tenants))
        {
            var answers = row.Answers is { } histogram ? new AnswerHistogram().Add(histogram).ToTimes() : await NewestAsync(row.TenantId);
            groups.Add(new TenantNumbers(new TenantId(row.TenantId), row.Code, new BucketNumbers(row.ToCounts(ChatClasses.All), answers)));
        }

        return groups;

        async Task<List<TenantRow>> QueryAsync(string sql) => (await connection.QueryAsync<TenantRow>(
            new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken))).AsList();

        async Task<AnswerTimes> NewestAsync(Guid tenant)
        {
            var ofTenant = list with { Tenant = new TenantId(tenant) };
            var answers = await ChatStatistics.NewestAnswersAsync(
                connection, transaction, ofTenant, new StatsParameters(ofTenant, parameters.Bounds), cancellationToken);
            return answers.GetValueOrDefault(StatsParameters.WholeRange, AnswerTimes.None);
        }
    }

    private sealed class TenantRow : ChatCountsRow
    {
        public Guid TenantId { get; init; }

        public string Code { get; init; } = "";

        public byte[]? Answers { get; init; }
    }
}
