using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.Extensions.Logging;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Tests.Chats;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Auditing;

/// <summary>Every call across tenants leaves one entry, in the log and in the table, however it was answered.</summary>
public sealed class AuditTests : HistoryFixture
{
    private static readonly string Nobody = Guid.NewGuid().ToString();

    private static IEnumerable<TestCaseData> Calls =>
    [
        new("GET", "/api/v1/admin/tenants", "list_tenants", null, 200),
        new("GET", "/api/v1/admin/tenants?size=0", "list_tenants", null, 400),
        new("GET", $"/api/v1/admin/tenants/{Nobody}/api-keys", "list_api_keys", null, 404),
        new("DELETE", $"/api/v1/admin/tenants/{Nobody}/api-keys/osk_demo_01234567", "revoke_api_key", null, 404),
        new("GET", "/api/v1/admin/blocks", "list_blocks", null, 200),
        new("GET", "/api/v1/admin/audit", "read_audit", null, 200),
        new("GET", "/api/v1/admin/audit?from=x", "read_audit", null, 400),
        new("DELETE", $"/api/v1/admin/blocks/{Nobody}", "unblock_subject", Nobody, 404),
        new("GET", "/api/v1/admin/sdk-chat", "list_chats", null, 200),
        new("HEAD", "/api/v1/admin/sdk-chat", "list_chats", null, 200),
        new("GET", $"/api/v1/admin/sdk-chat?profile_id={Nobody}", "list_chats", Nobody, 200),
        new("GET", "/api/v1/admin/sdk-chat?page=-1", "list_chats", null, 400),
        new("GET", $"/api/v1/admin/sdk-chat/{Nobody}", "read_chat", Nobody, 404),
        new("GET", "/api/v1/admin/sdk-chat/x", "read_chat", null, 400),
        new("GET", "/api/v1/admin/sdk-chat/streams", "list_streams", null, 200),
        new("DELETE", $"/api/v1/admin/sdk-chat/streams/{Nobody}", "disconnect_stream", Nobody, 404),
    ];

    [TestCaseSource(nameof(Calls))]
    public async Task Call_HoweverItIsAnswered_LeavesOneEntry(string method, string path, string action, string? target, int status)
    {
        var entry = await EntryOfAsync(method, path, Token(), status);

        entry.Subject.Should().StartWith("someone-");
        (entry.Action, entry.Target?.ToString(), entry.Status).Should().Be((action, target, status));
        (entry.Tenant?.ToString()).Should().Be(path.Contains($"tenants/{Nobody}", StringComparison.Ordinal) ? Nobody : null);
    }

    [Test]
    public async Task Detail_ThatIsRead_SaysWhoseItWas()
    {
        var chat = await Rows.ChatAsync(Tenant, Profile);

        (await EntryOfAsync("GET", $"/api/v1/admin/sdk-chat/{chat}", Token(), 200)).Tenant.Should().Be(Tenant);
    }

    [Test]
    public async Task List_OfOneTenant_SaysWhich() =>
        (await EntryOfAsync("GET", $"/api/v1/admin/sdk-chat?tenant_id={Tenant}", Token(), 200)).Tenant.Should().Be(Tenant);

    [Test]
    public async Task Call_WithoutTheRole_IsRecorded() =>
        (await EntryOfAsync("GET", "/api/v1/admin/sdk-chat", Token("ROLE_GUEST"), 403)).Subject.Should().StartWith("someone-");

    [Test]
    public async Task Call_FromAForeignPage_IsRecorded() =>
        (await EntryOfAsync("GET", "/api/v1/admin/sdk-chat", Token(), 403, ("Origin", "https://evil.example")))
            .Action.Should().Be("list_chats");

    private static IEnumerable<TestCaseData> Unverified =>
    [
        new TestCaseData(401, Array.Empty<(string, string)>()).SetArgDisplayNames("bad token"),
        new TestCaseData(403, new[] { ("Origin", "https://evil.example") }).SetArgDisplayNames("bad token of a foreign page"),
        new TestCaseData(403, new[] { ("Sec-Fetch-Site", "cross-site") }).SetArgDisplayNames("bad token across sites"),
    ];

    /// <summary>Without a credential a table cannot be filled.</summary>
    [TestCaseSource(nameof(Unverified))]
    public async Task Call_WithoutAVerifiedCredential_IsInTheLogAlone(int status, (string Name, string Value)[] headers)
    {
        var id = await CallAsync("GET", "/api/v1/admin/sdk-chat", "no.good.token", status, headers);
        Lines(id).Should().ContainSingle().Which.Should().Contain("list_chats").And.Contain($": {status} at");

        // Whatever came after it is stored, and it is not.
        await EntryOfAsync("GET", "/api/v1/admin/sdk-chat", Token(), 200);
        (await Rows.ScalarAsync<long>("select count(*) from audit_entry where request_id = @id", new { id })).Should().Be(0);
    }

    [Test]
    public async Task Call_OverTheLimitOfFailures_IsInTheLogAlone()
    {
        await using var limited = await TestApi.StartAsync(ConnectionString, new Dictionary<string, string?>
        {
            ["RateLimits:Enabled"] = "true",
            ["RateLimits:FailedAuthentication:PerSecond"] = "1",
            ["RateLimits:FailedAuthentication:Burst"] = "1",
        });
        var refused = new List<string>();
        await Eventually.TrueAsync(async () =>
        {
            using var response = await limited.Client.SendAsync(ApiCalls.Request("/api/v1/admin/tenants", token: "no.good.token"));
            if ((int)response.StatusCode == 429)
                refused.Add(response.Header("X-Request-Id")!);
            return refused.Count == 20;
        });
        using var honest = await limited.Client.SendAsync(ApiCalls.Request("/api/v1/admin/tenants", token: limited.BackofficeToken()));

        await Eventually.TrueAsync(async () => (await StoredAsync(honest.Header("X-Request-Id")!)).Length == 1);
        (await Rows.ScalarAsync<long>("select count(*) from audit_entry where request_id = any(@refused)", new { refused })).Should().Be(0);
    }

    /// <summary>The stream is ended all the same: the trail says whose it was.</summary>
    [Test]
    public async Task Disconnect_WhoseCallerHangsUp_SaysWhoseStreamItWas()
    {
        using var stream = await StreamSocket.ReadyAsync(Api.BaseAddress, Api.TenantToken(Tenant));
        using var streams = await AsBackofficeAsync("/api/v1/admin/sdk-chat/streams");
        var id = (await DataAsync(streams)).GetProperty("items")[0].GetProperty("stream_id").GetGuid();
        await using var locking = new Npgsql.NpgsqlConnection(OwnerConnectionString);
        await locking.OpenAsync();
        await using var transaction = await locking.BeginTransactionAsync();
        await new Npgsql.NpgsqlCommand("lock table node_inquiry in access exclusive mode", locking, transaction).ExecuteNonQueryAsync();

        using var caller = await StreamSocket.SendAsync(
            Api.BaseAddress,
            $"DELETE /api/v1/admin/sdk-chat/streams/{id} HTTP/1.1\r\nHost: {Api.BaseAddress.Authority}\r\nAuthorization: "
                + $"Bearer {Api.BackofficeToken()}\r\n\r\n");
        await Eventually.TrueAsync(async () => await Rows.ScalarAsync<bool>(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' "
            + "and query like '%insert into node_inquiry%')"));
        caller.Reset();
        await transaction.CommitAsync();

        await stream.ToEndAsync();
        await Eventually.TrueAsync(() => Rows.ScalarAsync<bool>(
            "select exists (select from audit_entry where action = 'disconnect_stream' and target_id = @id and tenant_id = @Tenant "
                + "and status = 200)",
            new { id, Tenant }));
    }

    [Test]
    public async Task Call_OfATenant_LeavesNone()
    {
        using var response = await AsTenantAsync("/api/v1/sdk-chat");

        Lines(response.Header("X-Request-Id")!).Should().BeEmpty();
    }

    [Test]
    public async Task Subject_ThatAWouldBeForgerChose_IsStoredAllTheSame()
    {
        var claims = TestTokens.BackofficeClaims(TimeProvider.System.GetUtcNow());
        claims["sub"] = "a\u0000\nb" + new string('x', 300);

        var entry = await EntryOfAsync("GET", "/api/v1/admin/tenants", TestTokens.Hs256(claims, TestTokens.BackofficeSecret), 200);

        entry.Subject.Should().Be("a\uFFFD\uFFFDb" + new string('x', 196));
    }

    /// <summary>Whoever adds an action for the backoffice need not remember this test: without a mark it fails.</summary>
    [Test]
    public void Actions_OfTheBackoffice_AreAllAudited() =>
        (from controller in typeof(AuditedAttribute).Assembly.GetTypes()
         where controller.GetCustomAttribute<AuthorizeAttribute>()?.Policy == Policies.SuperAdmin
             && controller.IsSubclassOf(typeof(ControllerBase))
         from action in controller.GetMethods()
         where action.GetCustomAttributes<HttpMethodAttribute>().Any() && action.GetCustomAttribute<AuditedAttribute>() is null
         select $"{controller.Name}.{action.Name}").Should().BeEmpty();

    /// <summary>The same for whoever lets a tenant's admins change something: a call of theirs that is no GET writes.</summary>
    [Test]
    public void Actions_ThatWrite_AreAllAudited() =>
        (from controller in typeof(AuditedAttribute).Assembly.GetTypes()
         where controller.GetCustomAttribute<AuthorizeAttribute>()?.Policy == Policies.TenantAdmin
             && controller.IsSubclassOf(typeof(ControllerBase))
         from action in controller.GetMethods()
         from method in action.GetCustomAttributes<HttpMethodAttribute>().SelectMany(attribute => attribute.HttpMethods)
         where method != "GET" && action.GetCustomAttribute<AuditedAttribute>() is null
         select $"{controller.Name}.{action.Name}").Should().BeEmpty();

    /// <summary>Somebody else's each time: one person's reads of one page are one entry.</summary>
    private static string Token(string role = "ROLE_ADMIN")
    {
        var claims = TestTokens.BackofficeClaims(TimeProvider.System.GetUtcNow());
        (claims["sub"], claims["roles"]) = ($"someone-{Guid.NewGuid()}", new[] { role });
        return TestTokens.Hs256(claims, TestTokens.BackofficeSecret);
    }

    private async Task<Entry> EntryOfAsync(
        string method, string path, string token, int status, params (string Name, string Value)[] headers)
    {
        var id = await CallAsync(method, path, token, status, headers);
        Lines(id).Should().ContainSingle("the line is there before the answer is");
        var entries = Array.Empty<Entry>();
        await Eventually.TrueAsync(async () => (entries = await StoredAsync(id)).Length > 0);
        entries.Should().ContainSingle();
        return entries[0];
    }

    private async Task<string> CallAsync(string method, string path, string token, int status, params (string Name, string Value)[] headers)
    {
        using var response = await Api.Client.SendAsync(ApiCalls.Request(path, method, token, headers));
        ((int)response.StatusCode).Should().Be(status);
        return response.Header("X-Request-Id")!;
    }

    private IEnumerable<string> Lines(string request) =>
        Api.Logs.Entries.Where(
            entry => entry.Level == LogLevel.Information && entry.Category.EndsWith(".AuditTrail", StringComparison.Ordinal))
            .Select(entry => entry.Text).Where(text => text.Contains(request, StringComparison.Ordinal));

    private async Task<Entry[]> StoredAsync(string request)
    {
        var row = await Rows.ScalarAsync<string?>(
            """
            select json_agg(json_build_object('Subject', subject, 'Action', action, 'Tenant', tenant_id, 'Target', target_id, 'Status', status))
            from audit_entry where request_id = @request
            """,
            new { request });
        return row is null ? [] : System.Text.Json.JsonSerializer.Deserialize<Entry[]>(row)!;
    }

    private sealed record Entry(string? Subject, string Action, Guid? Tenant, Guid? Target, int Status);
}
