using System.Data;
using Dapper;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Statistics;
using SdkChat.Infrastructure.Tests.Chats.Counts;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

/// <summary>Chats with errors and items, and what they should count to.</summary>
internal static class TextFixture
{
    public static readonly DateTimeOffset Start = new(2026, 1, 27, 13, 20, 0, TimeSpan.Zero);

    public const int Minutes = 80 * 24 * 60;

    /// <summary>Fewer than are shown, so that every count is compared.</summary>
    private static readonly string[] Results =
    [
        """[{"name":"Tea"},{"name":"Udon"}]""", """[{"name":"Udon"},{"name":"Udon"},7,null,"Tea"]""",
        """[{"name":"\u0000"},{"name":"\ud83c\udf75"}]""", "{}", "[",
        """[{"name":"Rice"},{"name":"Soy"},{"name":"Egg"}]""", """[{"name":"Nori","price":1e99999}]""",
    ];

    private static readonly string[] Errors = ["timeout", "no result", new('x', 900), "out of stock"];

    private static readonly string[] Changes =
        ["complete", "complete", "complete", "fail", "fail", "end", "trigger", "trigger, old version", "delete"];

    /// <summary>Starts chats and changes some, each in a transaction; one in ten is rolled back.</summary>
    public static async Task WriteAsync(CountFixture fixture, int seed, int chats)
    {
        var random = new Random(seed);
        await using var connection = await fixture.OpenAsync();
        for (var n = 0; n < chats; n++)
        {
            var profile = fixture.Profiles[random.Next(fixture.Profiles.Count)];
            await using var transaction = await connection.BeginTransactionAsync();
            await CountFixture.AddAsync(connection, profile, Start.AddMilliseconds(random.NextInt64(Minutes * 60_000L)));
            for (var count = random.Next(5); count > 0; count--)
                await ChangeAsync(connection, profile.Profile, Changes[random.Next(Changes.Length)], random);
            if (random.Next(10) == 0)
                await transaction.RollbackAsync();
            else
                await transaction.CommitAsync();
        }
    }

    /// <returns>Whether the texts of a random range were counted; they are then those of its chats in the same snapshot.</returns>
    public static async Task<bool> ReadAsync(CountFixture fixture, NpgsqlConnection connection, Random random)
    {
        var from = Start.AddMinutes(random.Next(-1500, Minutes));
        var to = from.AddMinutes(1 + random.Next(random.Next(3) == 0 ? 90 : Minutes));
        if (random.Next(2) == 0)
            (from, to) = (from.AddMilliseconds(random.Next(60_000)), to.AddMilliseconds(random.Next(60_000)));
        else if (random.Next(2) == 0)
            (from, to) = (Floor(from), Floor(to).AddHours(1));
        TenantId? tenant = random.Next(4) == 0 ? null : new TenantId(fixture.Profiles[random.Next(fixture.Profiles.Count)].Tenant);
        var list = new ChatListPage(tenant, new ChatFilter { From = from, To = to }, new PagePosition.Last(), 1);
        var parameters = new StatsParameters(list, [from, to]);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);

        var counted = await ReadAsync(connection, list, parameters);

        var truth = (await connection.QueryAsync<(string, string, long)>(
            """
            select t.kind::text, t.text, count(*)
            from sdk_chat c
            cross join lateral chat_texts(c.status, c.last_error, c.pipeline_recommended_items) t
            where (@tenant::uuid is null or c.tenant_id = @tenant) and c.created_at >= @from and c.created_at < @to
            group by 1, 2
            order by 1, 3 desc, t.text collate "C"
            """,
            parameters)).AsList();
        var reach = await connection.ExecuteScalarAsync<bool>(
            "select coalesce(texts_last_xid is not null and texts_from <= @from, false) from chat_count_watermark", parameters);
        (counted is not null).Should().Be(reach, "nothing counted and not counted differ");
        if (reach)
            counted.Should().Equal(truth, "of {0} from {1:o} to {2:o}", list.Scope, from, to);
        return counted is { Count: > 0 };
    }

    /// <returns>Kind, text and number of chats; null where the texts cannot be read.</returns>
    public static async Task<IReadOnlyList<(string Kind, string Text, long Chats)>?> ReadAsync(
        NpgsqlConnection connection, ChatListPage list, StatsParameters parameters)
    {
        var parts = (await connection.QueryAsync<(int Kind, byte[] Content)>(ChatStatsSql.Texts[list.Scope], parameters)).AsList();
        if (parts.Count == 0)
            return null;
        var sum = parts.Aggregate(new TextSums(), (texts, part) => texts.Add(part.Kind, part.Content));
        return [.. sum.Errors.Select(error => ("e", error.Text, error.Count)), .. sum.Items.Select(item => ("i", item.Text, item.Count))];
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static Task ChangeAsync(NpgsqlConnection connection, Guid profile, string change, Random random) => change switch
    {
        "complete" => connection.ExecuteAsync(
            $"""
            update sdk_chat set status = 'completed', pipeline_todos = '[]', pipeline_notification_items = '[]', final_xid = {(random.Next(4) == 0 ? "null" : "pg_current_xact_id()")},
              pipeline_recommended_items = convert_to(@text, 'UTF8'), revision = revision + 1
            {Which}
            """,
            new { profile, text = Results[random.Next(Results.Length)] }),
        "fail" => connection.ExecuteAsync(
            $"update sdk_chat set status = 'error', last_error = @text, final_xid = pg_current_xact_id(), revision = revision + 1 {Which}",
            new { profile, text = Errors[random.Next(Errors.Length)] }),
        _ => CountFixture.ChangeAsync(connection, profile, change),
    };

    private const string Which =
        "where chat_id = (select chat_id from sdk_chat where profile_id = @profile and status = 'in_progress' order by random() "
        + "limit 1 for update skip locked)";
}
