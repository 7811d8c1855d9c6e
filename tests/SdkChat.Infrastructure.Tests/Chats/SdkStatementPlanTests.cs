using System.Text.Json;
using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Idempotency;
using SdkChat.Infrastructure.Pipelines;
using SdkChat.Infrastructure.Profiles;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats;

/// <summary>No statement of the SDK's calls reads a table from end to end, once there is something in it.</summary>
public sealed class SdkStatementPlanTests
{
    private TestDatabase _database = null!;
    private Guid _tenant;
    private Guid _profile;
    private Guid _frequent;

    private static IEnumerable<TestCaseData> Statements =>
        from statement in new (string Name, string Sql)[]
        {
            ("ChatLookup.Find", ChatLookupSql.Find),
            ("ChatLookup.FindChanged", ChatLookupSql.FindChanged),
            ("ChatLookup.FindMany", ChatLookupSql.FindMany),
            ("ChatLookup.FindNewestCompleted", ChatLookupSql.FindNewestCompleted),
            ("ChatWrite.Complete", ChatWriteSql.Complete),
            ("ChatWrite.Fail", ChatWriteSql.Fail),
            ("ChatWrite.End", ChatWriteSql.End),
            ("ChatWrite.TriggerBackList", ChatWriteSql.TriggerBackList),
            ("PendingRun.Claim", PendingRunSql.Claim),
            ("PendingRun.Find", PendingRunSql.Find),
            ("PendingRun.FindChat", PendingRunSql.FindChat),
            ("PendingRun.Note", PendingRunSql.Note),
            ("Profile.Find", ProfileSql.Find),
            ("Profile.FindVisit", ProfileSql.FindVisit),
            ("Profile.Merge", ProfileSql.Merge),
            ("Profile.Delete", ProfileSql.Delete),
            ("ProfileSession.Start", ProfileSessionSql.Start),
            ("ProfileSession.End", ProfileSessionSql.End),
            ("ProfileHistory.Find", ProfileHistorySql.Find),
            ("ProfileHistory.CrossTenantFind", ProfileHistorySql.CrossTenantFind),
            ("ProfileHistory.Sessions", ProfileHistorySql.Sessions),
            ("Idempotency.Find", IdempotencySql.Find),
            ("Idempotency.Purge", IdempotencySql.Purge),
        }
        select new TestCaseData(statement.Sql).SetArgDisplayNames(statement.Name);

    [OneTimeSetUp]
    public async Task OneTimeSetUp()
    {
        _database = await TestDatabase.CreateAsync();
        var rows = new Rows(_database.ConnectionString);
        _tenant = await rows.TenantAsync("demo");
        (_profile, _frequent) = (await rows.ProfileAsync(_tenant), await rows.ProfileAsync(_tenant));
        await rows.ExecuteAsync(
            """
            insert into tenant (tenant_id, code, name) select gen_random_uuid(), 't' || n, 't' from generate_series(1, 20) n;
            insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
              select gen_random_uuid(), tenant_id, '{}', now(), now() from tenant, generate_series(1, 300);
            insert into profile_session (session_id, tenant_id, profile_id, started_at, ended_at)
              select gen_random_uuid(), tenant_id, profile_id, now(), case when n > 1 then now() end from sdk_profile, generate_series(1, 2) n;
            insert into session_stamp (session_id, number, tenant_id, status, stamped_at)
              select session_id, 1, tenant_id, 'ENTERED', now() from profile_session;
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
              select gen_random_uuid(), tenant_id, profile_id, 'Dinner ideas?', 'in_progress', 'not_started', now(), now()
              from sdk_profile, generate_series(1, 2);
            insert into pipeline_run (chat_id, tenant_id, due_at)
              select chat_id, tenant_id, now() + row_number() over () * interval '1 second' from sdk_chat;
            insert into idempotency_key (tenant_id, key, fingerprint, chat_id, back_list_status, created_at)
              select tenant_id, 'key ' || n, sha256('x'), gen_random_uuid(), 'not_started', now() - n * interval '1 minute'
              from tenant, generate_series(1, 500) n;
            insert into profile_session (session_id, tenant_id, profile_id, started_at, ended_at)
              select gen_random_uuid(), @_tenant, @_frequent, now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, 30000) n;
            """,
            new { _tenant, _frequent });
        await rows.ExecuteAsync("vacuum analyze");
    }

    [OneTimeTearDown]
    public async Task OneTimeTearDown() => await _database.DisposeAsync();

    [TestCaseSource(nameof(Statements))]
    public async Task Statement_OfTheSdk_FindsItsRowsInAnIndex(string sql) =>
        (await ExplainAsync(sql)).Where(node => node.Type == "Seq Scan").Select(node => node.Relation).Except(["tenant"])
            .Should().BeEmpty();

    /// <summary>An app opens a session at each start, so a shopper may have very many.</summary>
    [Test]
    public async Task Sessions_OfAHistory_AreReadInTheirOrderUpToALimit()
    {
        var scans = (await ExplainAsync(ProfileHistorySql.Sessions, _frequent)).Where(node => node.Relation == "profile_session").ToArray();

        scans.Should().HaveCount(2).And.OnlyContain(scan => scan.Index == "profile_session_by_start");
    }

    /// <summary>A result is stored outside its row, and is opened only to be returned.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task FindChanged_FinishedChat_ReturnsItsResultOnlyIfItIsNotKnown(bool isKnown)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        var (chat, updatedAt) = (Guid.NewGuid(), new DateTimeOffset(2026, 4, 23, 5, 28, 8, TimeSpan.Zero));
        await connection.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, pipeline_todos, pipeline_recommended_items,
              pipeline_notification_items, created_at, updated_at, revision)
            values (@chat, @_tenant, @_profile, 'Dinner?', 'completed', 'completed', '[1]', '[2]', '[3]', @updatedAt, @updatedAt, 1)
            """,
            new { chat, _tenant, _profile, updatedAt });

        var row = (IDictionary<string, object?>)await connection.QuerySingleAsync(
            ChatLookupSql.FindChanged,
            new
            {
                tenant = _tenant, profile = _profile, chat, knownRevision = 1,
                knownUpdatedAt = isKnown ? updatedAt : updatedAt.AddMilliseconds(-1),
            });

        row["is_known"].Should().Be(isKnown);
        row.Where(column => column.Key.StartsWith("pipeline_", StringComparison.Ordinal)).Select(column => column.Value is null)
            .Should().HaveCount(3).And.AllBeEquivalentTo(isKnown);
    }

    private async Task<List<(string Type, string? Relation, string? Index)>> ExplainAsync(string sql, Guid? profile = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        var json = await connection.QuerySingleAsync<string>("explain (format json) " + sql, new
        {
            tenant = _tenant, profile = profile ?? _profile, chat = Guid.NewGuid(), session = Guid.NewGuid(), at = now, now,
            leasedUntil = now, keepHours = 24, dueAt = now, startedAt = now, createdAt = now, updatedAt = now, endedAt = now,
            progressed = true, max = 16, key = "key 7", kind = "chat_ended", status = "ended", backListStatus = "completed",
            lastError = "x", revision = 1, storedRevision = 0, knownRevision = 1, knownUpdatedAt = now, patch = "{}"u8.ToArray(),
            todos = "[]"u8.ToArray(), recommendedItems = "[]"u8.ToArray(), notificationItems = "[]"u8.ToArray(),
            eventItems = "[]"u8.ToArray(), traceparent = (string?)null, tenants = new[] { _tenant },
            profiles = new[] { profile ?? _profile }, chats = new[] { Guid.NewGuid() }, knownRevisions = new int?[] { null },
            knownUpdatedAts = new DateTimeOffset?[] { null }, maxSessions = 50, maxOmitted = 10_000, maxStamps = 500, maxBytes = 1 << 20,
        });
        using var plan = JsonDocument.Parse(json);
        return [.. plan.RootElement.EnumerateArray().SelectMany(root => Nodes(root.GetProperty("Plan")))];
    }

    private static IEnumerable<(string, string?, string?)> Nodes(JsonElement node)
    {
        yield return (node.GetProperty("Node Type").GetString()!, TextOf(node, "Relation Name"), TextOf(node, "Index Name"));
        if (!node.TryGetProperty("Plans", out var children))
            yield break;
        foreach (var inner in children.EnumerateArray().SelectMany(Nodes))
            yield return inner;
    }

    private static string? TextOf(JsonElement node, string member) => node.TryGetProperty(member, out var value) ? value.GetString() : null;
}
