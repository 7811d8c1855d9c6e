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
        var entry = await EntryOfAsync(method, path, Api.BackofficeToken(), status);

        (entry.Subject, entry.Action, entry.Target?.ToString(), entry.Status).Should().Be(("someone", action, target, status));
        entry.Tenant.Should().BeNull();
    }

    [Test]
    public async Task Detail_ThatIsRead_SaysWhoseItWas()
    {
        var chat = await Rows.ChatAsync(Tenant, Profile);

        (await EntryOfAsync("GET", $"/api/v1/admin/sdk-chat/{chat}", Api.BackofficeToken(), 200)).Tenant.Should().Be(Tenant);
    }

    [Test]
    public async Task List_OfOneTenant_SaysWhich() =>
        (await EntryOfAsync("GET", $"/api/v1/admin/sdk-chat?tenant_id={Tenant}", Api.BackofficeToken(), 200)).Tenant.Should().Be(Tenant);

    [Test]
    public async Task Call_WithoutTheRole_IsRecorded() =>
        (await EntryOfAsync("GET", "/api/v1/admin/sdk-chat", Api.BackofficeToken("ROLE_GUEST"), 403)).Subject.Should().Be("someone");

    [Test]
    public async Task Call_FromAForeignPage_IsRecorded() =>
        (await EntryOfAsync("GET", "/api/v1/admin/sdk-chat", Api.BackofficeToken(), 403, ("Origin", "https://evil.example"))).Action.Should().Be("list_chats");

    /// <summary>Whoever has no credential shall not be able to fill a table.</summary>
    [Test]
    public async Task Call_WithoutACredential_IsInTheLogAlone()
    {
        var id = await CallAsync("GET", "/api/v1/admin/sdk-chat", "no.good.token", 401);
        Lines(id).Should().ContainSingle().Which.Should().Contain("list_chats").And.Contain(": 401 at");

        // Whatever came after it is stored, and it is not.
        await EntryOfAsync("GET", "/api/v1/admin/sdk-chat", Api.BackofficeToken(), 200);
        (await Rows.ScalarAsync<long>("select count(*) from audit_entry where request_id = @id", new { id })).Should().Be(0);
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
         where controller.GetCustomAttribute<AuthorizeAttribute>()?.Policy == Policies.SuperAdmin && controller.IsSubclassOf(typeof(ControllerBase))
         from action in controller.GetMethods()
         where action.GetCustomAttributes<HttpMethodAttribute>().Any() && action.GetCustomAttribute<AuditedAttribute>() is null
         select $"{controller.Name}.{action.Name}").Should().BeEmpty();

    private async Task<Entry> EntryOfAsync(string method, string path, string token, int status, params (string Name, string Value)[] headers)
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
        Api.Logs.Entries.Where(entry => entry.Level == LogLevel.Information && entry.Category.EndsWith(".AuditTrail", StringComparison.Ordinal))
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
