using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Tenants;

/// <summary>Screens that are signed in with a link: once, for reading the wall alone, until they are revoked.</summary>
public sealed class ScreenTests
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
    public async Task Link_UsedOnce_SignsAScreenInUntilItIsRevokedOnEveryNode()
    {
        await _rows.ChatAsync(_demo, await _rows.ProfileAsync(_demo), DateTimeOffset.UtcNow);
        var added = await AddAsync("Counter");
        var cookie = await ActivateAsync(added);
        using var again = await ExchangeAsync(_other, CodeOf(added));
        (again.StatusCode, await again.FailureCodeAsync()).Should().Be((HttpStatusCode.NotFound, "SCREEN_NOT_FOUND"), "a link works once");

        foreach (var path in new[] { "/console/screen", "/api/v1/sdk-chat?status=error", "/api/v1/sdk-chat/stats" })
            (await StatusAsync(_other, path, cookie)).Should().Be(200);
        using var stream = await StreamSocket.SendAsync(
            _other.BaseAddress,
            $"GET /api/v1/sdk-chat/events/stream HTTP/1.1\r\nHost: {_other.BaseAddress.Authority}\r\nCookie: {cookie}\r\n\r\n");
        await stream.UntilAsync("event: ready");

        (await RevokeAsync(added)).Should().Be(HttpStatusCode.NoContent);
        await stream.ToEndAsync();
        foreach (var node in new[] { _api, _other })
            await Eventually.TrueAsync(async () => await StatusAsync(node, "/api/v1/sdk-chat", cookie) == 401);
        (await RevokeAsync(added)).Should().Be(HttpStatusCode.NotFound);
        await Eventually.TrueAsync(() => _rows.ScalarAsync<bool>(
            """
            select array_agg(concat_ws(' ', action, status, target_kind) order by action) = array['add_screen 201 screen', 'revoke_screen 204 screen']
            from audit_entry where tenant_id = @_demo and target_id = @id and status < 400
            """,
            new { _demo, id = IdOf(added) }));
    }

    [Test]
    public async Task Block_OfTheAdminWhoMadeTheLink_AppliesToTheScreen()
    {
        var claims = TestTokens.TenantClaims(_demo, DateTimeOffset.UtcNow);
        claims["sub"] = "former";
        var cookie = await ActivateAsync(await AddAsync("Former", token: TestTokens.Hs256(claims, TestTokens.TenantSecret)));
        using var stream = await StreamSocket.SendAsync(
            _other.BaseAddress,
            $"GET /api/v1/sdk-chat/events/stream HTTP/1.1\r\nHost: {_other.BaseAddress.Authority}\r\nCookie: {cookie}\r\n\r\n");
        await stream.UntilAsync("event: ready");

        await _rows.ExecuteAsync(
            """
            insert into subject_block (block_id, tenant_id, subject, until, reason, created_at)
            values (gen_random_uuid(), @_demo, 'former', now() + interval '1 h', 'Left', now())
            """,
            new { _demo });

        await stream.ToEndAsync();
        await Eventually.TrueAsync(async () => await CodeAsync("/api/v1/sdk-chat", cookie) == "BLOCKED");
        (await CodeAsync("/api/v1/sdk-chat/events/stream", cookie)).Should().Be("BLOCKED");
    }

    /// <summary>Each move of the revision makes all nodes read the directory again.</summary>
    [Test]
    public async Task Revision_OfTheDirectory_MovesOnlyWhenASignedInScreenIsRevoked()
    {
        var before = await RevisionAsync();
        var (used, unused) = (await AddAsync("Used"), await AddAsync("Unused"));
        await ActivateAsync(used);
        await RevokeAsync(unused);
        await _rows.ExecuteAsync("update screen set link_until = now() - interval '1 s' where activated_at is null");
        await AddAsync("Removes the unused");
        (await RevisionAsync()).Should().Be(before);

        await RevokeAsync(used);
        (await RevisionAsync()).Should().Be(before + 1);
    }

    [Test]
    public async Task Screen_Reads_WhatTheWallShowsAndNothingElse()
    {
        var cookie = await ActivateAsync(await AddAsync("Narrow"));
        var chat = Guid.NewGuid();
        foreach (var path in new[]
        {
            $"/api/v1/sdk-chat/{chat}", $"/api/v1/sdk-chat/{chat}/timeline", $"/api/v1/sdk-chat/profiles/{chat}", "/api/v1/sdk-chat/counts",
            "/api/v1/sdk-chat/export",
            "/api/v1/sdk-chat/access", "/api/v1/api-keys", "/api/v1/screens", "/console/session", "/api/v1/admin/sdk-chat",
            "/v1/validation",
        })
            (await StatusAsync(_api, path, cookie)).Should().Be(401, path);
        foreach (var path in new[] { "/api/v1/screens", "/api/v1/api-keys" })
            (await StatusAsync(_api, path, cookie, "POST", """{"name":"x"}""")).Should().Be(401, path);
    }

    [Test]
    public async Task Cookie_OfAScreen_IsRenewedAndOnlyTheServiceSeesIt()
    {
        var cookie = await ActivateAsync(await AddAsync("Renewed"));
        using var request = ApiCalls.Request("/console/screen", headers: ("Cookie", cookie));
        using var response = await _api.Client.SendAsync(request);

        (await response.DataAsync()).GetProperty("tenant_code").GetString().Should().Be("demo");
        response.Header("Set-Cookie")
            .Should().StartWith(cookie).And.Contain("max-age=34560000").And.Contain("httponly").And.Contain("samesite=strict");
    }

    [TestCase("{0}; sdkchat_screen=junk")]
    [TestCase("sdkchat_screen=junk; {0}")]
    [TestCase("sdkchat_screen=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; {0}; sdkchat_screen=x")]
    public async Task Cookie_OfAScreenBesideOthersOfItsName_IsTheOneRenewed(string cookies)
    {
        var cookie = await ActivateAsync(await AddAsync("Several"));
        using var request = ApiCalls.Request(
            "/console/screen", headers: ("Cookie", string.Format(CultureInfo.InvariantCulture, cookies, cookie)));
        using var response = await _api.Client.SendAsync(request);

        response.Header("Set-Cookie").Should().StartWith(cookie + ";");
    }

    [Test]
    public async Task Cookie_InProduction_IsOfThisHostAndForTlsAlone()
    {
        await using var node = await TestApi.StartAsync(
            _database.ConnectionString, new Dictionary<string, string?> { ["Pipeline:BaseUrl"] = "http://127.0.0.1:1" },
            environment: "Production");
        using var activated = await ExchangeAsync(node, CodeOf(await AddAsync("Production")));
        var cookie = activated.Header("Set-Cookie")!;

        cookie.Should().StartWith("__Host-sdkchat_screen=").And.Contain("; path=/;").And.Contain("; secure").And.NotContain("domain");
        var value = cookie.Split(';')[0];
        (await StatusAsync(node, "/console/screen", value)).Should().Be(200);
        (await StatusAsync(node, "/console/screen", value["__Host-".Length..])).Should().Be(401, "another host may have set it");
    }

    [Test]
    public async Task Link_TooOldRevokedOrInvented_IsRefused()
    {
        var (old, revoked) = (await AddAsync("Old"), await AddAsync("Revoked"));
        await _rows.ExecuteAsync("update screen set link_until = now() - interval '1 s' where screen_id = @id", new { id = IdOf(old) });
        await RevokeAsync(revoked);

        foreach (var code in new[] { CodeOf(old), CodeOf(revoked), new string('x', 43), "", "' or true --" })
        {
            using var response = await ExchangeAsync(_api, code);
            (response.StatusCode, response.Header("Set-Cookie")).Should().Be((HttpStatusCode.NotFound, null), code);
        }
    }

    [TestCase("", "application/json", 400)]
    [TestCase("null", "application/json", 400)]
    [TestCase("[]", "application/json", 400)]
    [TestCase("{\"code\":7}", "application/json", 400)]
    [TestCase("{\"code\":", "application/json", 400)]
    [TestCase("code=x", "text/plain", 415)]
    [TestCase("code=x", "application/x-www-form-urlencoded", 415)]
    public async Task Exchange_OfAHostileBody_IsAClear4xx(string body, string type, int status)
    {
        using var request = ApiCalls.Request(
            "/console/screen", "POST", headers: ("Origin", _api.BaseAddress.GetLeftPart(UriPartial.Authority)));
        request.Content = new StringContent(body, Encoding.UTF8, type);
        using var response = await _api.Client.SendAsync(request);

        ((int)response.StatusCode).Should().Be(status);
        (await response.FailureCodeAsync()).Should().NotBeEmpty();
    }

    [Test]
    public async Task Link_FromAnotherOrigin_IsNotUsed()
    {
        var added = await AddAsync("Foreign");
        using var foreign = await ExchangeAsync(_api, CodeOf(added), origin: "https://evil.example");
        foreign.StatusCode.Should().Be(HttpStatusCode.Forbidden);

        using var own = await ExchangeAsync(_api, CodeOf(added));
        own.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    /// <summary>Otherwise a link of one tenant would replace the screen of another, on that tenant's host.</summary>
    [Test]
    public async Task Link_OnTheHostOfAnotherTenant_IsNotUsed()
    {
        var added = await AddAsync("Host");
        foreach (var foreign in new[] { "acme.aika.life", "nowhere.aika.life" })
        {
            using var refused = await ExchangeAsync(_api, CodeOf(added), host: foreign);
            (refused.StatusCode, refused.Header("Set-Cookie")).Should().Be((HttpStatusCode.NotFound, null));
        }

        using var own = await ExchangeAsync(_api, CodeOf(added), host: "Demo.aika.life");
        own.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [TestCase("too short")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Link_FromAnAddressThatGuesses_IsNotUsed(string guess)
    {
        const int Burst = 3;
        await using var node = await TestApi.StartAsync(_database.ConnectionString, new Dictionary<string, string?>
        {
            ["RateLimits:Enabled"] = "true",
            ["RateLimits:FailedAuthentication:PerSecond"] = "1",
            ["RateLimits:FailedAuthentication:Burst"] = $"{Burst}",
            ["Proxies:Trusted:0"] = "127.0.0.1",
        });
        // Links that are valid take nothing from the limit.
        for (var link = 0; link < 2 * Burst; link++)
            (await ExchangeAsync(node, CodeOf(await AddAsync("Valid")), from: "203.0.113.7"))
                .StatusCode.Should().Be(HttpStatusCode.NoContent);

        // The limit grows by one a second: on a slow machine a link may be used between a refusal and its own turn.
        var (added, status) = (default(JsonElement), HttpStatusCode.NoContent);
        for (var attempt = 0; attempt < 10 && status == HttpStatusCode.NoContent; attempt++)
        {
            added = await AddAsync("Guessed");
            while ((await ExchangeAsync(node, guess, from: "203.0.113.7")).StatusCode != HttpStatusCode.TooManyRequests)
                continue;
            status = (await ExchangeAsync(node, CodeOf(added), from: "203.0.113.7")).StatusCode;
        }

        status.Should().Be(HttpStatusCode.TooManyRequests);
        (await ExchangeAsync(node, CodeOf(added), from: "203.0.113.8")).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    /// <summary>A screen that is in the cache works beside someone who guesses; another gets in after some attempts.</summary>
    [Test]
    public async Task Cookie_FromAnAddressThatGuesses_IsRefusedUnlessItIsAScreens()
    {
        await using var node = await TestApi.StartAsync(_database.ConnectionString, new Dictionary<string, string?>
        {
            ["RateLimits:Enabled"] = "true",
            ["RateLimits:FailedAuthentication:PerSecond"] = "1",
            ["RateLimits:FailedAuthentication:Burst"] = "3",
        });
        var known = await ActivateAsync(await AddAsync("Known"));
        (await StatusAsync(node, "/console/screen", known)).Should().Be(200);

        await Eventually.TrueAsync(async () => await StatusAsync(node, "/api/v1/sdk-chat", $"sdkchat_screen={new string('A', 43)}") == 429);

        (await StatusAsync(node, "/console/screen", known)).Should().Be(200);
        var late = await ActivateAsync(await AddAsync("Late"));
        await Eventually.TrueAsync(async () =>
        {
            (await StatusAsync(node, "/api/v1/sdk-chat", $"sdkchat_screen={new string('A', 43)}")).Should().BeOneOf(401, 429);
            var status = await StatusAsync(node, "/console/screen", late);
            status.Should().BeOneOf([200, 429], "a valid credential is never called invalid");
            return status == 200;
        });
        (await StatusAsync(node, "/api/v1/api-keys", known)).Should().Be(401, "the cookie of a screen is no credential there");
    }

    [Test]
    public async Task Screen_ThatCalled_SaysWhenInTheList()
    {
        var (used, unused) = (await AddAsync("Used lately"), await AddAsync("Unused"));
        var cookie = await ActivateAsync(used);
        (await StatusAsync(_api, "/console/screen", cookie)).Should().Be(200);

        var items = new Dictionary<Guid, JsonElement>();
        await Eventually.TrueAsync(async () =>
        {
            using var response = await SendAsync("GET", "");
            items = (await response.DataAsync()).GetProperty("items").EnumerateArray()
                .ToDictionary(item => item.GetProperty("screen_id").GetGuid());
            return items[IdOf(used)].GetProperty("last_used_at").ValueKind != JsonValueKind.Null;
        });
        items[IdOf(used)].GetProperty("last_used_at").GetDateTimeOffset()
            .Should().BeOnOrAfter(items[IdOf(used)].GetProperty("activated_at").GetDateTimeOffset());
        items[IdOf(used)].GetProperty("usable_until").ValueKind.Should().Be(JsonValueKind.Null);
        items[IdOf(unused)].GetProperty("last_used_at").ValueKind.Should().Be(JsonValueKind.Null);
        items[IdOf(unused)].GetProperty("usable_until").GetDateTimeOffset()
            .Should().BeAfter(items[IdOf(unused)].GetProperty("created_at").GetDateTimeOffset());
    }

    [Test]
    public async Task Screen_RevokedByTheBackoffice_IsRefused()
    {
        var added = await AddAsync("Stolen");
        var cookie = await ActivateAsync(added);
        using var list = await _api.Client.SendAsync(
            ApiCalls.Request($"/api/v1/admin/tenants/{_demo}/screens", token: _api.BackofficeToken()));
        (await list.DataAsync()).GetRawText().Should().Contain(IdOf(added).ToString()).And.NotContain(CodeOf(added));

        foreach (var (tenant, status) in new[]
        {
            (_acme, HttpStatusCode.NotFound), (_demo, HttpStatusCode.NoContent), (_demo, HttpStatusCode.NotFound),
        })
        {
            using var response = await _api.Client.SendAsync(
                ApiCalls.Request($"/api/v1/admin/tenants/{tenant}/screens/{IdOf(added)}", "DELETE", _api.BackofficeToken()));
            response.StatusCode.Should().Be(status);
        }

        await Eventually.TrueAsync(async () => await StatusAsync(_other, "/api/v1/sdk-chat", cookie) == 401);
    }

    [Test]
    public async Task Link_UsedByManyAtOnce_SignsOneIn()
    {
        var added = await AddAsync("Race");
        var responses = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(number => ExchangeAsync(number % 2 == 0 ? _api : _other, CodeOf(added))));

        responses.Count(response => response.StatusCode == HttpStatusCode.NoContent).Should().Be(1);
        foreach (var response in responses)
            response.Dispose();
    }

    [Test]
    public async Task Screens_OfATenant_AreListedForItAloneAndWithoutSecrets()
    {
        var added = await AddAsync("Listed");
        await ActivateAsync(added);
        using var ours = await SendAsync("GET", "");
        using var theirs = await SendAsync("GET", "", tenant: _acme);
        using var stolen = await SendAsync("DELETE", $"/{IdOf(added)}", tenant: _acme);

        var text = (await ours.DataAsync()).GetRawText();
        text.Should().Contain(IdOf(added).ToString()).And.NotContain(CodeOf(added));
        (await theirs.DataAsync()).GetProperty("items").GetArrayLength().Should().Be(0);
        (await stolen.FailureCodeAsync()).Should().Be("SCREEN_NOT_FOUND");
        (await _rows.ScalarAsync<long>(
            "select count(*) from screen s where s::text like '%' || @code || '%'", new { code = CodeOf(added) }))
            .Should().Be(0);
    }

    [Test]
    public async Task Screen_OfADisabledTenant_IsRefused()
    {
        var tenant = await _rows.TenantAsync("closed");
        var cookie = await ActivateAsync(await AddAsync("Closed", tenant));
        await _rows.ExecuteAsync("update tenant set enabled = false where tenant_id = @tenant", new { tenant });

        await Eventually.TrueAsync(async () => await StatusAsync(_api, "/api/v1/sdk-chat", cookie) == 403);
    }

    [Test]
    public async Task Add_TooMany_Is409()
    {
        var tenant = await _rows.TenantAsync("many");
        await _rows.ExecuteAsync(
            """
            insert into screen (screen_id, tenant_id, name, link_hash, link_until, created_at)
            select gen_random_uuid(), @tenant, 'x', sha256(n::text::bytea), now() + interval '1 h', now() from generate_series(1, 50) n
            """,
            new { tenant });

        using var response = await SendAsync("POST", "", """{"name":"One more"}""", tenant);

        (response.StatusCode, await response.FailureCodeAsync()).Should().Be((HttpStatusCode.Conflict, "TOO_MANY_SCREENS"));
    }

    [TestCase("{}")]
    [TestCase("""{"name":" "}""")]
    [TestCase("""{"name":"a\nb"}""")]
    public async Task Add_WrongName_Is400NamingIt(string body)
    {
        using var response = await SendAsync("POST", "", body);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.FailureAsync()).GetProperty("errors").TryGetProperty("name", out _).Should().BeTrue();
    }

    [Test]
    public async Task Screen_RevokedLongAgo_IsDeletedWithTheTenantsNextLink()
    {
        var (tenant, other) = (await _rows.TenantAsync("tidy"), await _rows.TenantAsync("untidy"));
        await _rows.ExecuteAsync(
            """
            insert into screen (screen_id, tenant_id, name, token_hash, link_until, created_at, activated_at, revoked_at)
            select gen_random_uuid(), t, d::text, sha256((t::text || d)::bytea), now() - interval '1 y', now() - interval '1 y', now() - interval '1 y',
              now() - make_interval(days => d)
            from unnest(array[@tenant, @other]) t, unnest(array[29, 31]) d
            union all
            select gen_random_uuid(), @tenant, 'active', sha256('active'), now() - interval '1 y', now() - interval '1 y', now() - interval '1 y', null
            """,
            new { tenant, other });

        await AddAsync("new", tenant);

        (await NamesAsync(tenant)).Should().Be("29,active,new");
        (await NamesAsync(other)).Should().Be("29,31");

        Task<string> NamesAsync(Guid id) =>
            _rows.ScalarAsync<string>("select string_agg(name, ',' order by name) from screen where tenant_id = @id", new { id });
    }

    private async Task<JsonElement> AddAsync(string name, Guid? tenant = null, string? token = null)
    {
        using var response = await SendAsync("POST", "", JsonSerializer.Serialize(new { name }), tenant, token);
        response.StatusCode.Should().Be(HttpStatusCode.Created);
        return await response.DataAsync();
    }

    private async Task<string> ActivateAsync(JsonElement added)
    {
        using var response = await ExchangeAsync(_api, CodeOf(added));
        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        return response.Header("Set-Cookie")!.Split(';')[0];
    }

    private static async Task<HttpResponseMessage> ExchangeAsync(
        TestApi node, string code, string? origin = null, string? host = null, string? from = null)
    {
        host ??= node.BaseAddress.Authority;
        using var request = ApiCalls.Request("/console/screen", "POST", headers: [("Host", host), ("Origin", origin ?? $"http://{host}")]);
        if (from is not null)
            request.Headers.Add("X-Forwarded-For", from);
        request.Content = new StringContent(JsonSerializer.Serialize(new { code }), Encoding.UTF8, "application/json");
        return await node.Client.SendAsync(request);
    }

    private async Task<HttpStatusCode> RevokeAsync(JsonElement added)
    {
        using var response = await SendAsync("DELETE", $"/{IdOf(added)}");
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(
        string method, string path, string? body = null, Guid? tenant = null, string? token = null)
    {
        using var request = ApiCalls.Request("/api/v1/screens" + path, method, token ?? _api.TenantToken(tenant ?? _demo));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _api.Client.SendAsync(request);
    }

    private static async Task<int> StatusAsync(TestApi node, string path, string cookie, string method = "GET", string? body = null)
    {
        using var request = ApiCalls.Request(
            path, method, headers: [("Cookie", cookie), ("Origin", node.BaseAddress.GetLeftPart(UriPartial.Authority))]);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await node.Client.SendAsync(request);
        return (int)response.StatusCode;
    }

    private async Task<string> CodeAsync(string path, string cookie)
    {
        using var request = ApiCalls.Request(path, headers: ("Cookie", cookie));
        using var response = await _api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.IsSuccessStatusCode ? "" : await response.FailureCodeAsync();
    }

    private Task<long> RevisionAsync() => _rows.ScalarAsync<long>("select revision from directory_revision");

    private static Guid IdOf(JsonElement added) => added.GetProperty("screen_id").GetGuid();

    private static string CodeOf(JsonElement added) => added.GetProperty("path").GetString()!.Split('#')[1];
}
