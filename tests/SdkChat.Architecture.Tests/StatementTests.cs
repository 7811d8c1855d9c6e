using SdkChat.Architecture.Tests.Rules;

namespace SdkChat.Architecture.Tests;

public sealed class StatementTests
{
    /// <summary>Who may do without a tenant, and why. Nothing gets on this list unread.</summary>
    private static readonly string[] Exceptions =
    [
        // Backoffice: cross-tenant by contract (section 4).
        "ChatHistorySql.CrossTenantDetail",
        "ChatHistorySql.ChangedCrossTenantDetail",
        "ChatTimelineSql.CrossTenantFind",
        "ProfileHistorySql.CrossTenantFind",
        "TenantOverviewSql.Page",
        .. CrossTenantLists("Everything"),
        .. CrossTenantLists("AnyTenantProfile"),
        .. CrossTenantStatistics("Everything"),
        .. CrossTenantStatistics("AnyTenantProfile"),

        "ChatSearchSql.Lists[(Everything, SdkChat.Application.Common.Paging.PagePosition+Offset)]",
        "ChatSearchSql.Lists[(Everything, SdkChat.Application.Common.Paging.PagePosition+After)]",
        "ChatSearchSql.Lists[(Everything, SdkChat.Application.Common.Paging.PagePosition+Following)]",
        "ChatSearchSql.Lists[(Everything, SdkChat.Application.Common.Paging.PagePosition+Before)]",
        "ChatSearchSql.Lists[(Everything, SdkChat.Application.Common.Paging.PagePosition+Last)]",

        // Reads of several callers: each key has its tenant, and what is read for it is of that one.
        "ChatLookupSql.FindMany",
        "ChatHistorySql.FirstOfTenants",
        "ChatHistorySql.NearOfTenants",

        // The feed serves the streams of all tenants, and the purge empties the table for all; each row says whose it is.
        "EventFeedSql.Start",
        "EventFeedSql.Read",
        "EventPurgeSql.Snapshot",
        "EventPurgeSql.MoveHorizon",
        .. EventPurgeStatements("IsOld"),
        .. EventPurgeStatements("Empty"),

        // A copy of the database is taken over whole.
        "FeedTakeoverSql.HasForeignEvents",
        "FeedTakeoverSql.Lock",
        "FeedTakeoverSql.Check",
        "FeedTakeoverSql.DropEvents",
        "FeedTakeoverSql.Begin",

        // The update and the repair count the chats of all tenants; each block says whose it is.
        "CountSql.Pending",
        "CountSql.Promote",
        "CountSql.Advance",
        "CountSplitSql.OfAllTenants",
        "CountSplitSql.OfTenants",
        "CountSplitSql.OfProfiles",
        "CountBuildSql.ReplaceForeignTransactionIds",
        "CountBuildSql.AllTenants",
        "CountBuildSql.Tenants",
        "CountBuildSql.Profiles",
        "CountBuildSql.MoveWatermark",
        "CountRepairSql.MissingBlocks",
        "SlotSql.Promote",
        "SlotSql.Quarters",
        "SlotSql.Wrong",
        "TextSql.Begin",
        "TextSql.Advance",
        "TextSql.FirstOld",
        "TextSql.Wrong",

        // Retention is the same for all tenants.
        "RetentionSql.EndOrphans",
        "RetentionSql.Chats",
        "RetentionSql.Sessions",
        "RetentionSql.Profiles",

        // Sweep and idempotency purge look after all tenants; what the sweep takes on is then handled tenant by tenant.
        "PendingRunSql.Claim",
        "IdempotencySql.Purge",
    ];

    private static IEnumerable<string> CrossTenantLists(string scope) =>
        from kind in new[] { "All", "Range", "Classes" }
        from position in new[] { "Offset", "After", "Following", "Before", "Last" }
        select $"ChatHistorySql.Lists[({scope}, {kind}, SdkChat.Application.Common.Paging.PagePosition+{position})]";

    private static IEnumerable<string> CrossTenantStatistics(string scope) =>
        new[] { "AnswerTimes", "Errors", "Items", "NewestTexts", "Questions" }.Select(table => $"ChatStatsSql.{table}[{scope}]");

    private static IEnumerable<string> EventPurgeStatements(string table) =>
        Enumerable.Range(0, 6).Select(slot => $"EventPurgeSql.{table}[{slot}]");

    [Test]
    public void Statements_OnTenantData_NameTheirTenant() =>
        StatementRules.WithoutTenant(StatementRules.Statements(Codebase.Infrastructure)).Should().BeEquivalentTo(Exceptions);

    [Test]
    public void Statements_OfTheHouse_AreAllSeen() =>
        StatementRules.Statements(Codebase.Infrastructure).Should().HaveCountGreaterThan(Exceptions.Length);

    [TestCase("select a from sdk_chat where chat_id = @chat")]
    [TestCase("update sdk_profile set data = @data where profile_id = @profile")]
    [TestCase("delete from chat_event where created_at < @before")]
    [TestCase("select a from sdk_chat where tenant_id = any (@tenants)")]
    [TestCase("select a from sdk_chat where tenant_id = chat_list_key(@profile)")]
    [TestCase("select a from sdk_chat where tenant_id is not distinct from any (@tenants)")]
    [TestCase("select a from sdk_chat where tenant_id is distinct from @tenant")]
    public void WithoutTenant_DeliberateViolation_IsFound(string sql) =>
        StatementRules.WithoutTenant([("Bad", sql)]).Should().Equal("Bad");

    [TestCase("select a from sdk_chat where tenant_id = @tenant")]
    [TestCase("select a from sdk_chat where tenant_id = chat_list_key(@tenant)")]
    [TestCase("select a from sdk_chat where chat_id = @chat and tenant_id is not distinct from @tenant")]
    [TestCase("insert into sdk_chat (chat_id, tenant_id) values (@chat, @tenant)")]
    [TestCase("select enabled from tenant")]
    public void WithoutTenant_TenantNamed_IsFine(string sql) => StatementRules.WithoutTenant([("Good", sql)]).Should().BeEmpty();
}
