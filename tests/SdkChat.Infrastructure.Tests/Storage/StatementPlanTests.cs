using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using SdkChat.Infrastructure.Chats;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>
/// Every statement of the house has an index to go by. Sequential scans are made prohibitive, so a plan that still has one
/// has nothing else; plans are generic, as prepared statements' are.
/// </summary>
public sealed partial class StatementPlanTests
{
    /// <summary>Statements that look at whole tables, and may.</summary>
    private static readonly string[] MayScan =
    [
        // Counting everything anew.
        "CountBuildSql.AllTenants",
        "CountBuildSql.Tenants",
        "CountBuildSql.Profiles",
        "CountRepairSql.MissingBlocks",
        "SlotSql.Wrong",
        "TextSql.Wrong",
        "TextPackSql.Wrong",
    ];

    private TestDatabase _database = null!;

    private static IEnumerable<TestCaseData> Statements =>
        from statement in SqlConstants.Statements.Concat(Lists)
        where TenantTable().IsMatch(statement.Sql)
        select new TestCaseData(statement.Name, statement.Sql).SetArgDisplayNames(statement.Name);

    private static IEnumerable<(string Name, string Sql)> Lists => ChatHistorySql.Lists.Select(
        list => ($"{nameof(ChatHistorySql)}.Lists[({list.Key.Scope}, {list.Key.Kind}, {list.Key.Position.Name})]", list.Value));

    [OneTimeSetUp]
    public async Task OneTimeSetUp() => _database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task OneTimeTearDown() => await _database.DisposeAsync();

    [TestCaseSource(nameof(Statements))]
    public async Task Statement_OnTenantData_HasAnIndexToGoBy(string name, string sql)
    {
        var scanned = await ScannedAsync(sql);

        if (!MayScan.Contains(name))
            scanned.Should().BeEmpty();
    }

    [Test]
    public async Task Statement_WithoutAnIndex_IsFound() =>
        (await ScannedAsync("select prompt from sdk_chat where prompt = @prompt")).Should().Equal("sdk_chat");

    private async Task<IReadOnlyList<string>> ScannedAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        using var plan = JsonDocument.Parse(
            await GenericPlan.ExplainAsync(connection, sql, "set enable_seqscan = off", "(format json)", _ => "null"));
        return [.. Scans(plan.RootElement[0].GetProperty("Plan"))];
    }

    private static IEnumerable<string> Scans(JsonElement node)
    {
        if (node.GetProperty("Node Type").GetString() == "Seq Scan" && node.GetProperty("Relation Name").GetString() is { } relation
            && TenantTable().IsMatch($"from {relation}"))
            yield return relation;
        if (!node.TryGetProperty("Plans", out var children))
            yield break;
        foreach (var inner in children.EnumerateArray().SelectMany(Scans))
            yield return inner;
    }

    [GeneratedRegex(@"\b(from|join|into|update)\s+(sdk_chat|sdk_profile|profile_session|chat_event|pipeline_run|idempotency\w*|wish\w*)\b")]
    private static partial Regex TenantTable();
}
