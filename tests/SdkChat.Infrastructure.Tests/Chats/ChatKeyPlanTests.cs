using System.Reflection;
using System.Text.RegularExpressions;
using Npgsql;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Tests.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats;

/// <summary>
/// A chat is found by its key alone. The indexes of lists end with the key as well: if the planner takes a tenant or a profile for small,
/// because it has grown since the statistics were made, such an index looks as cheap, and each look-up walks all chats of the tenant.
/// </summary>
public sealed partial class ChatKeyPlanTests
{
    private const string WalkOfAList = @"sdk_chat_by_(tenant|profile).*\n\s*Index Cond: \(\(*(tenant_id|profile_id) =";

    private TestDatabase _database = null!;

    private static IEnumerable<TestCaseData> Statements =>
        from type in typeof(DependencyInjection).Assembly.GetTypes()
        where type.Name.EndsWith("Sql", StringComparison.Ordinal)
        from constant in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where constant.FieldType == typeof(string) && (constant.IsPublic || constant.IsAssembly)
        let sql = (string)constant.GetValue(null)!
        where (Command().IsMatch(sql) && ReadsChat().IsMatch(sql) && Key().IsMatch(sql))
            || sql is EventFeedSql.Read or TextSql.Add
        select new TestCaseData(sql).SetArgDisplayNames($"{type.Name}.{constant.Name}");

    [OneTimeSetUp]
    public async Task OneTimeSetUp() => _database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task OneTimeTearDown() => await _database.DisposeAsync();

    [TestCaseSource(nameof(Statements))]
    public async Task Statement_OfOneChat_HasOnlyItsKeyToGoBy(string sql) =>
        (await ExplainWithoutKeyAsync(sql)).Should().NotMatchRegex(WalkOfAList);

    [Test]
    public async Task Statement_ThatSaysEquals_CouldGoByTheTenants() =>
        (await ExplainWithoutKeyAsync("select prompt from sdk_chat where tenant_id = @tenant and chat_id = @chat"))
            .Should().MatchRegex(WalkOfAList);

    private async Task<string> ExplainWithoutKeyAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var undone = await connection.BeginTransactionAsync();
        return await GenericPlan.ExplainAsync(
            connection, sql, "alter table sdk_chat drop constraint sdk_chat_pkey cascade; set local enable_seqscan = off", "", _ => "null");
    }

    [GeneratedRegex(@"^\s*(with|select|insert|update|delete)\b")]
    private static partial Regex Command();

    [GeneratedRegex(@"\b(from|join|update)\s+sdk_chat\b")]
    private static partial Regex ReadsChat();

    [GeneratedRegex(@"@chats?\b")]
    private static partial Regex Key();
}
