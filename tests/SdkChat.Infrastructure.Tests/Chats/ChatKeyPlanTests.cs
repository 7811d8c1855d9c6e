using System.Text.RegularExpressions;
using Npgsql;
using SdkChat.Infrastructure.Chats;
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
    private const string ScanOfATenant = @"sdk_chat_by_tenant.*\n\s*Index Cond: \(\(*tenant_id =";
    private const string ScanOfAList = @"sdk_chat_by_(tenant|profile).*\n\s*Index Cond: \(\(*(tenant_id|profile_id) =";

    private TestDatabase _database = null!;

    private static IEnumerable<TestCaseData> ListsOfProfiles =>
        from list in ChatHistorySql.Lists
        where list.Key.Scope == ChatListScope.TenantProfile
        select new TestCaseData(list.Value).SetArgDisplayNames($"{list.Key.Kind} {list.Key.Position.Name}");

    private static IEnumerable<TestCaseData> Statements =>
        from statement in SqlConstants.Statements
        where (ReadsChat().IsMatch(statement.Sql) && Key().IsMatch(statement.Sql)) || statement.Sql is EventFeedSql.Read or TextSql.Add
        select new TestCaseData(statement.Sql).SetArgDisplayNames(statement.Name);

    [OneTimeSetUp]
    public async Task OneTimeSetUp() => _database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task OneTimeTearDown() => await _database.DisposeAsync();

    [TestCaseSource(nameof(Statements))]
    public async Task Statement_OfOneChat_CanOnlyUseItsKey(string sql) =>
        (await ExplainWithoutKeyAsync(sql)).Should().NotMatchRegex(ScanOfAList);

    [Test]
    public async Task Statement_WithEquals_CanUseTheTenantsIndex() =>
        (await ExplainWithoutKeyAsync("select prompt from sdk_chat where tenant_id = @tenant and chat_id = @chat"))
            .Should().MatchRegex(ScanOfAList).And.MatchRegex(ScanOfATenant);

    [TestCaseSource(nameof(ListsOfProfiles))]
    public async Task List_OfAProfile_CannotUseTheTenantsIndex(string sql) =>
        (await ExplainWithoutKeyAsync(sql, "sdk_chat_by_profile, sdk_chat_by_profile_class")).Should().NotMatchRegex(ScanOfATenant);

    [Test]
    public void Search_OfATenant_FindsEachChatByItsKey() =>
        ChatSearchSql.Lists.Where(list => list.Key.Scope == ChatListScope.Tenant).Select(list => list.Value)
            .Should().OnlyContain(sql => sql.Contains("c.chat_id = page.chat_id and c.tenant_id is not distinct from @tenant"));

    private async Task<string> ExplainWithoutKeyAsync(string sql, string? indexes = null)
    {
        await using var connection = new NpgsqlConnection(_database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var undone = await connection.BeginTransactionAsync();
        var dropped = indexes is null ? "alter table sdk_chat drop constraint sdk_chat_pkey cascade" : $"drop index {indexes}";
        return await GenericPlan.ExplainAsync(connection, sql, $"{dropped}; set local enable_seqscan = off", "", _ => "null");
    }

    [GeneratedRegex(@"\b(from|join|update)\s+sdk_chat\b")]
    private static partial Regex ReadsChat();

    [GeneratedRegex(@"@chats?\b")]
    private static partial Regex Key();
}
