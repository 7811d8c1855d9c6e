using System.Net;
using System.Text;
using System.Text.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Tenants;

/// <summary>Blocked users: refused and without streams on every node (contract, section 8.6).</summary>
public sealed class BlockTests
{
    private TestDatabase _database = null!;
    private Rows _rows = null!;
    private TestApi _api = null!;
    private TestApi _other = null!;
    private Guid _demo;
    private Guid _acme;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
        (_demo, _acme) = (await _rows.TenantAsync("demo"), await _rows.TenantAsync("acme"));
        _api = await TestApi.StartAsync(_database.ConnectionString);
        _other = await TestApi.StartAsync(_database.ConnectionString);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        await _other.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Block_OfAUser_EndsStreamsAndRefusesCallsOnEveryNodeUntilItIsRemoved()
    {
        var user = "hanako-" + Guid.NewGuid();
        using var stream = await StreamSocket.ReadyAsync(_other.BaseAddress, Token(user));
        using var colleague = await StreamSocket.ReadyAsync(_other.BaseAddress, Token("colleague"));
        using var namesake = await StreamSocket.ReadyAsync(_other.BaseAddress, Token(user, _acme));

        using var created = await SendAsync("POST", "", Body(user));
        created.StatusCode.Should().Be(HttpStatusCode.Created);
        var block = await created.DataAsync();
        block.EnumerateObject().Select(member => member.Name).Should()
            .Equal("block_id", "tenant_id", "subject", "until", "reason", "created_at", "created_by");

        await stream.ToEndAsync();
        foreach (var node in new[] { _api, _other })
        {
            await Eventually.TrueAsync(async () => await CodeAsync(node, "/api/v1/sdk-chat", Token(user)) == "BLOCKED");
            (await CodeAsync(node, "/api/v1/sdk-chat/events/stream", Token(user))).Should().Be("BLOCKED");
            (await CodeAsync(node, "/api/v1/api-keys", Token(user))).Should().Be("BLOCKED");
            (await CodeAsync(node, "/api/v1/sdk-chat", Token("colleague"))).Should().Be("200");
            (await CodeAsync(node, "/api/v1/sdk-chat", Token(user, _acme)))
                .Should().Be("200", "another tenant's user of the same name is another person");
        }

        _other.Logs.Entries.Should().Contain(entry => entry.Text.Contains("blocked", StringComparison.Ordinal));
        (await ItemsAsync($"?tenant_id={_demo}"))
            .Should().Contain(item => item.GetProperty("block_id").GetGuid() == block.GetProperty("block_id").GetGuid());
        (await ItemsAsync($"?tenant_id={_acme}")).Should().BeEmpty();

        using var removed = await SendAsync("DELETE", $"/{block.GetProperty("block_id").GetGuid()}");
        (await removed.DataAsync()).GetProperty("subject").GetString().Should().Be(user);
        using var again = await SendAsync("DELETE", $"/{block.GetProperty("block_id").GetGuid()}");
        (await again.FailureCodeAsync()).Should().Be("BLOCK_NOT_FOUND");
        foreach (var node in new[] { _api, _other })
            await Eventually.TrueAsync(async () => await CodeAsync(node, "/api/v1/sdk-chat", Token(user)) == "200");

        await _rows.EventAsync(_demo, await _rows.ProfileAsync(_demo), Guid.NewGuid(), "chat_completed");
        await colleague.UntilAsync("event: chat_completed");
        string[] requests = [created.Header("X-Request-Id")!, removed.Header("X-Request-Id")!];
        await Eventually.TrueAsync(() => _rows.ScalarAsync<bool>(
            """
            select array_agg(concat_ws(' ', action, status, target_id) order by action) = array['block_subject 201 ' || @id, 'unblock_subject 200 ' || @id]
            from audit_entry where tenant_id = @_demo and request_id = any (@requests)
            """,
            new { _demo, requests, id = block.GetProperty("block_id").GetString() }));
    }

    [Test]
    public async Task Block_OfABlockedUser_ReplacesEndAndReason()
    {
        var user = "twice-" + Guid.NewGuid();
        using var first = await SendAsync("POST", "", Body(user));
        using var second = await SendAsync("POST", "", Body(user, reason: "Another reason"));

        ((int)first.StatusCode, (int)second.StatusCode).Should().Be((201, 200));
        var (before, after) = (await first.DataAsync(), await second.DataAsync());
        after.GetProperty("block_id").GetGuid().Should().Be(before.GetProperty("block_id").GetGuid());
        after.GetProperty("reason").GetString().Should().Be("Another reason");
    }

    [Test]
    public async Task Block_ThatHasEnded_LetsTheUserInAndIsNoLongerListed()
    {
        var user = "ended-" + Guid.NewGuid();
        using var created = await SendAsync("POST", "", Body(user));
        await Eventually.TrueAsync(async () => await CodeAsync(_api, "/api/v1/sdk-chat", Token(user)) == "BLOCKED");
        await _rows.ExecuteAsync("update subject_block set until = now() - interval '1 second' where subject = @user", new { user });

        await Eventually.TrueAsync(async () => await CodeAsync(_api, "/api/v1/sdk-chat", Token(user)) == "200");
        (await ItemsAsync("?size=100")).Should().NotContain(item => item.GetProperty("subject").GetString() == user);
    }

    private static IEnumerable<TestCaseData> BadBodies =>
    [
        new("tenant_id", "null"), new("tenant_id", "\"x\""), new("tenant_id", "\"{3736f10f-0b6c-7d9e-8a51-1f0c2d3e4f50}\""),
        new("tenant_id", "7"),
        new("subject", "null"), new("subject", "\"\""), new("subject", "\" \""), new("subject", "\"a\\u0000\""), new("subject", "[]"),
        new("subject", $"\"{new string('x', 201)}\""),
        new("until", "null"), new("until", "\"2020-01-01T00:00:00Z\""), new("until", "\"2099-01-01T00:00:00\""),
        new("until", "\"2099-01-01\""),
        new("until", "\"2099-13-01T00:00:00Z\""), new("until", "\"tomorrow\""), new("until", "1893456000"),
        new("until", "\"99999-01-01T00:00:00Z\""),
        new("reason", "null"), new("reason", "\"\""), new("reason", "\"a\\nb\""), new("reason", $"\"{new string('x', 501)}\""),
    ];

    [TestCaseSource(nameof(BadBodies))]
    public async Task Block_BadMember_IsNamed(string member, string value)
    {
        var members = new Dictionary<string, string>
        {
            ["tenant_id"] = $"\"{_demo}\"", ["subject"] = "\"someone-else\"", ["until"] = "\"2099-01-01T00:00:00+09:00\"",
            ["reason"] = "\"Test\"", [member] = value,
        };

        using var response = await SendAsync("POST", "", $"{{{string.Join(',', members.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}");

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.FailureAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(member);
    }

    [Test]
    public async Task Block_UnknownTenant_Is404()
    {
        using var response = await SendAsync("POST", "", Body("x", Guid.NewGuid()));

        (await response.FailureCodeAsync()).Should().Be("TENANT_NOT_FOUND");
    }

    private string Token(string subject, Guid? tenant = null)
    {
        var claims = TestTokens.TenantClaims(tenant ?? _demo, TimeProvider.System.GetUtcNow());
        claims["sub"] = subject;
        return TestTokens.Hs256(claims, TestTokens.TenantSecret);
    }

    private string Body(string subject, Guid? tenant = null, string reason = "The account was taken over.") =>
        $$"""{"tenant_id":"{{tenant ?? _demo}}","subject":"{{subject}}","until":"2099-01-01T00:00:00+09:00","reason":"{{reason}}"}""";

    private static async Task<string> CodeAsync(TestApi node, string path, string token)
    {
        using var response = await node.Client.SendAsync(ApiCalls.Request(path, token: token), HttpCompletionOption.ResponseHeadersRead);
        return response.IsSuccessStatusCode ? $"{(int)response.StatusCode}" : await response.FailureCodeAsync();
    }

    private async Task<JsonElement[]> ItemsAsync(string query)
    {
        using var response = await SendAsync("GET", query);
        return [.. (await response.DataAsync()).GetProperty("items").EnumerateArray()];
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null)
    {
        var request = ApiCalls.Request($"/api/v1/admin/blocks{path}", method, _api.BackofficeToken());
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return _api.Client.SendAsync(request);
    }
}
