using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Tenants;

/// <summary>The keys of a tenant, for its own admins and for the backoffice (contract, section 8.6).</summary>
public sealed class ApiKeyCallsTests
{
    private TestDatabase _database = null!;
    private Rows _rows = null!;
    private TestApi _api = null!;
    private Guid _demo;
    private Guid _acme;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
        (_demo, _acme) = (await _rows.TenantAsync("demo"), await _rows.TenantAsync("acme"));
        _api = await TestApi.StartAsync(_database.ConnectionString);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        await _database.DisposeAsync();
    }

    private (string Path, string Token)[] Doors =>
        [("/api/v1/api-keys", _api.TenantToken(_demo)), ($"/api/v1/admin/tenants/{_demo}/api-keys", _api.BackofficeToken())];

    [TestCase(0)]
    [TestCase(1)]
    public async Task Key_LifeOfOne_IsShownOnceListedUsedAndRevoked(int door)
    {
        var (path, token) = Doors[door];

        var created = await CreateAsync(path, token, """{"name":" iOS 앱 ","expires_in_days":90}""");
        Names(created).Should().Equal("key", "key_prefix", "name", "created_at", "expires_at");
        var (key, prefix) = (created.GetProperty("key").GetString()!, created.GetProperty("key_prefix").GetString()!);
        key.Should().StartWith(prefix).And.MatchRegex("^osk_demo_[0-9A-Za-z]{32}$");
        created.GetProperty("name").GetString().Should().Be("iOS 앱");
        (created.GetProperty("expires_at").GetDateTimeOffset() - created.GetProperty("created_at").GetDateTimeOffset())
            .Should().Be(TimeSpan.FromDays(90));
        (await StatusAsync(key)).Should().Be("200 active");

        var listed = await ItemAsync(path, token, prefix);
        Names(listed).Should().Equal("key_prefix", "name", "status", "created_at", "expires_at", "revoked_at", "last_used_at");
        listed.GetProperty("status").GetString().Should().Be("active");

        using var response = await SendAsync("DELETE", $"{path}/{prefix}", token);
        var revoked = await response.DataAsync();
        (revoked.GetProperty("status").GetString(), revoked.GetProperty("key_prefix").GetString()).Should().Be(("revoked", prefix));
        using var again = await SendAsync("DELETE", $"{path}/{prefix}", token);
        (await again.DataAsync()).GetProperty("revoked_at").GetString().Should().Be(revoked.GetProperty("revoked_at").GetString());
        await Eventually.TrueAsync(async () => await StatusAsync(key) == "200 revoked");
        using var refused = await _api.Client.SendAsync(ApiCalls.Request($"/v1/profile/{Guid.NewGuid()}", headers: ("X-API-KEY", key)));
        refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        (await _rows.ScalarAsync<string>("select json_agg(k)::text from api_key k")).Should().NotContain(key);
        _api.Logs.Entries.Should().NotContain(entry => entry.Text.Contains(key, StringComparison.Ordinal));
    }

    [Test]
    public async Task Validation_OfAnExpiredKey_SaysSoAndIsRefusedElsewhere()
    {
        var created = await CreateAsync("/api/v1/api-keys", _api.TenantToken(_demo), """{"name":"short","expires_in_days":7}""");
        var key = created.GetProperty("key").GetString()!;
        await _rows.ExecuteAsync(
            "update api_key set expires_at = now() - interval '1 second' where prefix = @prefix",
            new { prefix = created.GetProperty("key_prefix").GetString() });

        await Eventually.TrueAsync(async () => await StatusAsync(key) == "200 expired");
        using var profile = await _api.Client.SendAsync(ApiCalls.Request("/v1/profile", "POST", headers: ("X-API-KEY", key)));
        profile.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(key[..^1] + (key[^1] == 'x' ? 'y' : 'x'))).Should().Be("401 UNAUTHENTICATED");
    }

    [Test]
    public async Task Key_OfAnotherTenant_IsNeitherSeenNorRevoked()
    {
        var theirs = await CreateAsync("/api/v1/api-keys", _api.TenantToken(_acme), """{"name":"theirs","expires_in_days":null}""");
        var prefix = theirs.GetProperty("key_prefix").GetString()!;
        var token = _api.TenantToken(_demo);

        (await ListAsync("/api/v1/api-keys", token)).GetRawText().Should().NotContain(prefix).And.NotContain("theirs");
        var answers = new List<string>();
        foreach (var (path, by) in new[]
        {
            ($"/api/v1/api-keys/{prefix}", token),
            ("/api/v1/api-keys/osk_acme_00000000", token),
            ("/api/v1/api-keys/osk_nobody_00000000", token),
            ("/api/v1/api-keys/x", token),
            ($"/api/v1/api-keys/{theirs.GetProperty("key").GetString()}", token),
            ("/api/v1/api-keys/%F0%9F%98%80%01", token),
            ($"/api/v1/admin/tenants/{_demo}/api-keys/{prefix}", _api.BackofficeToken()),
        })
        {
            using var response = await SendAsync("DELETE", path, by);
            (await response.FailureCodeAsync()).Should().Be("API_KEY_NOT_FOUND", path);
            answers.Add(await response.Content.ReadAsStringAsync());
        }

        answers.Distinct().Should().ContainSingle("an answer must not tell whether a key exists");
        (await StatusAsync(theirs.GetProperty("key").GetString()!)).Should().Be("200 active");
    }

    private static IEnumerable<TestCaseData> BadBodies =>
    [
        new("{}", "name"),
        new("""{"name":"","expires_in_days":7}""", "name"),
        new("""{"name":" \t ","expires_in_days":7}""", "name"),
        new("""{"name":"a\u0000b"}""", "name"),
        new("""{"name":"a\nb"}""", "name"),
        new("""{"name":"a\u202eb"}""", "name"),
        new("""{"name":"\ud83d"}""", "name"),
        new($$"""{"name":"{{new string('x', 101)}}"}""", "name"),
        new("""{"name":7}""", "name"),
        new("""{"name":["a"]}""", "name"),
        new("""{"name":"a","expires_in_days":8}""", "expires_in_days"),
        new("""{"name":"a","expires_in_days":0}""", "expires_in_days"),
        new("""{"name":"a","expires_in_days":-7}""", "expires_in_days"),
        new("""{"name":"a","expires_in_days":7.5}""", "expires_in_days"),
        new("""{"name":"a","expires_in_days":"7"}""", "expires_in_days"),
        new("""{"name":"a","expires_in_days":1e99}""", "expires_in_days"),
        new("""{"name":"a","expires_in_days":99999999999999999999}""", "expires_in_days"),
    ];

    [TestCaseSource(nameof(BadBodies))]
    public async Task Create_BadBody_NamesTheMember(string body, string member)
    {
        foreach (var (path, token) in Doors)
        {
            using var response = await SendAsync("POST", path, token, body);
            response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            (await response.FailureAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(member);
        }
    }

    [TestCase("""{"name":"a","name":"b"}""", 400, "MALFORMED_JSON")]
    [TestCase("null", 400, "VALIDATION_FAILED")]
    [TestCase("[]", 400, "VALIDATION_FAILED")]
    [TestCase("", 400, "MALFORMED_JSON")]
    public async Task Create_BodyThatIsNone_IsRefused(string body, int status, string code)
    {
        using var response = await SendAsync("POST", "/api/v1/api-keys", _api.TenantToken(_demo), body);

        ((int)response.StatusCode, await response.FailureCodeAsync()).Should().Be((status, code));
    }

    [Test]
    public async Task Calls_AboutAnUnknownTenant_Are404()
    {
        var path = $"/api/v1/admin/tenants/{Guid.NewGuid()}/api-keys";
        foreach (var (method, body) in new[] { ("GET", null), ("POST", """{"name":"a"}""") })
        {
            using var response = await SendAsync(method, path, _api.BackofficeToken(), body);
            (await response.FailureCodeAsync()).Should().Be("TENANT_NOT_FOUND");
        }
    }

    [Test]
    public async Task Create_BeyondTheLimit_Is409AndOthersAreNotConcerned()
    {
        var crowded = await _rows.TenantAsync("crowded");
        await _rows.ExecuteAsync(
            """
            insert into api_key (api_key_id, tenant_id, prefix, key_hash)
            select gen_random_uuid(), @crowded, 'osk_crowded_' || lpad(n::text, 8, '0'), decode(repeat('00', 32), 'hex') from generate_series(1, 100) n
            """,
            new { crowded });

        using var refused = await SendAsync("POST", "/api/v1/api-keys", _api.TenantToken(crowded), """{"name":"one more"}""");
        ((int)refused.StatusCode, await refused.FailureCodeAsync()).Should().Be((409, "TOO_MANY_KEYS"));
        await CreateAsync("/api/v1/api-keys", _api.TenantToken(_acme), """{"name":"fine"}""");

        var last = await ListAsync("/api/v1/api-keys?page=1&size=60", _api.TenantToken(crowded));
        (last.GetProperty("items").GetArrayLength(), last.GetProperty("total").GetInt32()).Should().Be((40, 100));
    }

    [Test]
    public async Task Writes_ByCookie_NeedTheServicesOwnPage()
    {
        async Task<int> StatusAsync(params (string, string)[] headers)
        {
            using var request = ApiCalls.Request(
                "/api/v1/api-keys", "POST", headers: [("Cookie", $"tenant_token={_api.TenantToken(_demo)}"), .. headers]);
            request.Content = new StringContent("""{"name":"by cookie"}""", Encoding.UTF8, "application/json");
            using var response = await _api.Client.SendAsync(request);
            return (int)response.StatusCode;
        }

        (await StatusAsync()).Should().Be(401);
        (await StatusAsync(("Origin", "https://acme.aika.life"))).Should().Be(403);
        (await StatusAsync(("Origin", _api.BaseAddress.GetLeftPart(UriPartial.Authority)))).Should().Be(201);
    }

    [Test]
    public async Task Writes_OfATenant_LeaveAnEntryAndRefusedOnesALine()
    {
        var token = _api.TenantToken(_demo);
        using var created = await SendAsync("POST", "/api/v1/api-keys", token, """{"name":"audited"}""");
        using var refused = await SendAsync("POST", "/api/v1/api-keys", _api.TenantToken(_demo, role: "viewer"), """{"name":"audited"}""");
        using var revoked = await SendAsync(
            "DELETE", $"/api/v1/api-keys/{(await created.DataAsync()).GetProperty("key_prefix").GetString()}", token);

        await Eventually.TrueAsync(() => _rows.ScalarAsync<bool>(
            "select exists (select from audit_entry where request_id = @id and action = 'revoke_api_key' and tenant_id = @_demo "
                + "and status = 200)",
            new { id = revoked.Header("X-Request-Id"), _demo }));
        (await _rows.ScalarAsync<string>(
            "select action || ' ' || status from audit_entry where request_id = @id and tenant_id = @_demo",
            new { id = created.Header("X-Request-Id"), _demo }))
            .Should().Be("create_api_key 201");
        (await _rows.ScalarAsync<long>(
            "select count(*) from audit_entry where request_id = @id", new { id = refused.Header("X-Request-Id") }))
            .Should().Be(0);
        _api.Logs.Entries.Should().Contain(entry => entry.Level == LogLevel.Information
            && entry.Category.EndsWith(".AuditTrail", StringComparison.Ordinal)
            && entry.Text.Contains(refused.Header("X-Request-Id")!, StringComparison.Ordinal));
    }

    [Test]
    public async Task Preflight_OfAnAllowedPage_NamesTheMethodsThatWrite()
    {
        await using var node = await TestApi.StartAsync(
            _database.ConnectionString, new Dictionary<string, string?> { ["Cors:AllowedOrigins:0"] = "https://dashboard.example" });
        foreach (var (path, methods) in new[]
        {
            ("/api/v1/api-keys", "GET,HEAD,POST,PUT,PATCH,DELETE"), ("/api/v1/admin/tenants/x", "GET,HEAD,POST,PUT,PATCH,DELETE"),
            ("/api/v1/sdk-chat", "GET,HEAD"),
        })
        {
            using var response = await node.Client.SendAsync(ApiCalls.Request(
                path, "OPTIONS", headers: [("Origin", "https://dashboard.example"), ("Access-Control-Request-Method", "GET")]));
            response.Header("Access-Control-Allow-Methods").Should().Be(methods, path);
        }
    }

    private static IEnumerable<string> Names(JsonElement data) => data.EnumerateObject().Select(member => member.Name);

    private async Task<string> StatusAsync(string key)
    {
        using var response = await _api.Client.SendAsync(ApiCalls.Request("/v1/validation", headers: ("X-API-KEY", key)));
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return $"{(int)response.StatusCode} "
            + $"{(response.IsSuccessStatusCode ? body.GetProperty("data").GetProperty("status") : body.GetProperty("code"))}";
    }

    private async Task<JsonElement> ItemAsync(string path, string token, string prefix) =>
        (await ListAsync(path, token)).GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("key_prefix").GetString() == prefix);

    private async Task<JsonElement> ListAsync(string path, string token)
    {
        using var response = await SendAsync("GET", path, token);
        return await response.DataAsync();
    }

    private async Task<JsonElement> CreateAsync(string path, string token, string body)
    {
        using var response = await SendAsync("POST", path, token, body);
        response.StatusCode.Should().Be(HttpStatusCode.Created);
        return await response.DataAsync();
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string token, string? body = null)
    {
        var request = ApiCalls.Request(path, method, token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return _api.Client.SendAsync(request);
    }
}
