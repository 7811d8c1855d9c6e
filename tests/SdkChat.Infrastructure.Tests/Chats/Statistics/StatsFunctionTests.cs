using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats.Statistics;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

/// <summary>What PostgreSQL makes of the functions of statistics (docs/decisions/0058).</summary>
public sealed class StatsFunctionTests
{
    private TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task OneTimeSetUp() => _database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task OneTimeTearDown() => await _database.DisposeAsync();

    /// <summary>A volatile function has a snapshot of its own for each of its statements.</summary>
    [Test]
    public async Task Parts_AreOneStatementOfOneSnapshot()
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);

        var functions = (await connection.QueryAsync<(string Name, string Volatility)>(
            """
            with recursive used as (
              select p.proname, p.prosrc, p.provolatile
              from pg_proc p
              where p.pronamespace = current_schema()::regnamespace and p.proname in ('chat_stats_totals', 'chat_stats_text_parts')
              union
              select p.proname, p.prosrc, p.provolatile
              from used u
              join pg_proc p on p.pronamespace = current_schema()::regnamespace and strpos(u.prosrc, p.proname || '(') > 0
            )
            select proname::text, provolatile::text from used
            """)).AsList();

        functions.Select(function => function.Name)
            .Should().Contain(["chat_stats_totals", "chat_stats_tail", "chat_stats_edge", "chat_text_edge", "chat_pending"]);
        functions.Should().NotContain(function => function.Volatility == "v");
        ChatStatsSql.Parts.Values.Should().HaveCount(2).And.NotContain(sql => sql.Contains(';', StringComparison.Ordinal));
    }

    /// <summary>As calls they would take three times as long, in the worker and in deletions.</summary>
    [TestCase("select t.* from sdk_chat c cross join lateral chat_texts(c.status, c.last_error, c.pipeline_recommended_items) t",
        "json_array_elements(chat_items_json(")]
    [TestCase("select chat_text_entry(kind, key, chats, text) from chat_slot_text", "convert_to(")]
    public async Task Function_OfEachText_IsAPartOfThePlan(string sql, string part)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);

        var plan = string.Join('\n', await connection.QueryAsync<string>($"explain (verbose, costs off) {sql}"));

        plan.Should().Contain(part).And.NotContainAny("chat_texts", "chat_item_names", "chat_item_name(", "chat_text_entry");
    }
}
