using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.ConsolePages;

/// <summary>Renewal and end of sessions that began at an OpenID Connect provider.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class ProviderSessionTests
{
    private TestProvider _provider = null!;
    private TestApi _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _provider = await TestProvider.StartAsync();
        _provider.AddTenantUser("alice", SharedApi.Demo);
        _api = await TestApi.StartAsync(SharedApi.ConnectionString, _provider.Settings);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Test]
    public async Task Renewal_OfATokenThatExpiresSoon_IsDueAndReplacesIt()
    {
        // Due after two seconds; with the clock skew the token stays valid for half a minute more.
        await using var provider = await TestProvider.StartAsync();
        provider.AddTenantUser("alice", SharedApi.Demo);
        provider.TokenLifetime = TimeSpan.FromSeconds(3);
        await using var api = await TestApi.StartAsync(SharedApi.ConnectionString, provider.Settings);
        using var browser = await SignedInAsync(api);
        var before = browser.Token!.Value;

        await Eventually.TrueAsync(async () => (await browser.SessionAsync()).GetProperty("renewal_due").GetBoolean());
        provider.TokenLifetime = TimeSpan.FromHours(1);
        using var renewed = await browser.SendAsync("POST", "/console/session/renew");

        (await renewed.DataAsync()).GetProperty("subject").GetString().Should().Be("alice");
        browser.Token.Value.Should().NotBe(before);
        var session = await browser.SessionAsync();
        session.GetProperty("renewal_due").GetBoolean().Should().BeFalse();
        session.GetProperty("expires_at").GetDateTimeOffset().Should().BeAfter(DateTimeOffset.UtcNow.AddMinutes(30));
        provider.Refreshes.Should().Be(1);
    }

    [TestCase("viewer", "FORBIDDEN")]
    [TestCase("", "UNAUTHENTICATED")]
    public async Task Renewal_OfAUserWhoMayNoLonger_EndsTheSession(string role, string code)
    {
        var name = $"former-{code}";
        _provider.AddTenantUser(name, SharedApi.Demo);
        using var browser = await SignedInAsync(_api, name);
        var revoked = _provider.RevokedRefreshTokens.Count;
        if (role.Length > 0)
            _provider.AddTenantUser(name, SharedApi.Demo, role);
        else
            _provider.Users.Remove(name, out _);

        using var refused = await browser.SendAsync("POST", "/console/session/renew");

        (await refused.FailureCodeAsync()).Should().Be(code);
        browser.Token.Should().BeNull();
        _provider.RevokedRefreshTokens.Should().HaveCount(revoked, "the provider may end the user's other sessions with it");
        using var again = await browser.SendAsync("POST", "/console/session/renew");
        (await again.FailureCodeAsync()).Should().Be("UNAUTHENTICATED");
    }

    [Test]
    public async Task Renewal_AtAProviderWithATokenEndpointWithoutHttps_SendsItNothing()
    {
        await using var provider = await TestProvider.StartAsync();
        provider.AddTenantUser("alice", SharedApi.Demo);
        var folder = Directory.CreateTempSubdirectory("sdkchat-keys-");
        var settings = new Dictionary<string, string?>(provider.Settings) { ["Console:KeyFolder"] = folder.FullName };
        await using var api = await TestApi.StartAsync(SharedApi.ConnectionString, settings);
        using var browser = await SignedInAsync(api);
        provider.ReplacedMetadata["token_endpoint"] = "/connect/token";
        await using var other = await TestApi.StartAsync(SharedApi.ConnectionString, settings);

        using var refused = await browser.SendAsync("POST", "/console/session/renew", node: other);
        using var start = await browser.GetAsync("/console/session/start", node: other);

        (await refused.FailureCodeAsync()).Should().Be("UNAVAILABLE");
        start.Header("Location").Should().Be("/console?sign_in=PROVIDER_UNAVAILABLE");
        other.Logs.Entries.Should()
            .Contain(entry => entry.Text.Contains("cannot be renewed at Shop Login: its token_endpoint is not an address with https"))
            .And.Contain(entry => entry.Text.Contains(
                "Shop Login cannot be used for a sign-in or sign-out: its token_endpoint is not an address with https"));
        provider.Refreshes.Should().Be(0);
        using var renewed = await browser.SendAsync("POST", "/console/session/renew");
        renewed.StatusCode.Should().Be(HttpStatusCode.OK, "a node keeps the good metadata that it has read");
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Renewal_ThatCannotBeChecked_KeepsTheNewRefreshToken()
    {
        await using var provider = await TestProvider.StartAsync();
        provider.AddTenantUser("alice", SharedApi.Demo);
        provider.RotatesRefreshTokens = true;
        var folder = Directory.CreateTempSubdirectory("sdkchat-keys-");
        var settings = new Dictionary<string, string?>(provider.Settings) { ["Console:KeyFolder"] = folder.FullName };
        await using var api = await TestApi.StartAsync(SharedApi.ConnectionString, settings);
        // This node reaches the provider, but never the keys of its tokens.
        await using var blind = await TestApi.StartAsync(SharedApi.ConnectionString, new Dictionary<string, string?>(settings)
        {
            ["Authentication:Tenant:Authority"] = null,
            ["Authentication:Tenant:Issuer"] = provider.Authority,
            ["Authentication:Tenant:JwksUrl"] = "http://127.0.0.1:1/",
            ["Console:SignIn:Tenant:Authority"] = provider.Authority,
        });
        using var browser = await SignedInAsync(api);

        using var failed = await browser.SendAsync("POST", "/console/session/renew", node: blind);
        (await failed.FailureCodeAsync()).Should().Be("UNAVAILABLE");
        (await browser.SessionAsync()).GetProperty("subject").GetString().Should().Be("alice", "the session continues");
        using var renewed = await browser.SendAsync("POST", "/console/session/renew");

        renewed.StatusCode.Should().Be(HttpStatusCode.OK, "the first refresh token was used up");
        provider.Refreshes.Should().Be(2);
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Renewal_WithoutTheIdTokenThatItNeeds_LeavesTheSessionUntilItsTokenExpires()
    {
        await using var provider = await TestProvider.StartAsync();
        provider.AddTenantUser("alice", SharedApi.Demo);
        await using var api = await TestApi.StartAsync(SharedApi.ConnectionString, new Dictionary<string, string?>(provider.Settings)
        {
            ["Authentication:Tenant:Audience"] = TestProvider.TenantClient,
            ["Console:SignIn:Tenant:UseIdToken"] = "true",
        });
        using var browser = await SignedInAsync(api);
        using var renewed = await browser.SendAsync("POST", "/console/session/renew");
        (await renewed.DataAsync()).GetProperty("renewal_due").GetBoolean().Should().BeFalse();
        provider.OmitsIdTokenOnRefresh = true;

        using var response = await browser.SendAsync("POST", "/console/session/renew");

        (await response.DataAsync()).GetProperty("renewal_due").ValueKind.Should().Be(JsonValueKind.Null);
        response.Headers.GetValues("Set-Cookie")
            .Should().NotContain(cookie => cookie.StartsWith("tenant_token=", StringComparison.Ordinal));
        (await browser.SessionAsync()).GetProperty("renewal_due").ValueKind.Should().Be(JsonValueKind.Null);
        using var told = await browser.GetAsync("/console/session/provider");
        (await told.DataAsync()).GetProperty("renewable").GetBoolean().Should().BeFalse();
        api.Logs.Entries.Should().Contain(entry => entry.Text.Contains("no ID token, which UseIdToken requires"));
        using var deleted = await browser.SendAsync("DELETE", "/console/session");
        using var leave = await browser.GetAsync((await deleted.DataAsync()).GetProperty("sign_out").GetString()!);
        leave.Header("Location").Should().Contain("id_token_hint=");
    }

    [Test]
    public async Task Renewal_WithACookieOfAnotherHostOrChanged_IsRefused()
    {
        using var browser = await SignedInAsync(_api);
        var cookie = CookiesOf(browser);
        var own = _api.BaseAddress.Authority;
        var refreshes = _provider.Refreshes;

        foreach (var (host, value) in new[] { ("localhost", cookie), (own, cookie[..^4] + "AAAA"), (own, "tenant_renewal=x") })
            (await RenewAsync(host, value)).Should().Be(HttpStatusCode.Unauthorized);
        _provider.Refreshes.Should().Be(refreshes);
        (await RenewAsync(own, cookie)).Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task SignOut_OfAProvidersSession_EndsItThereToo()
    {
        using var browser = await SignedInAsync(_api);
        using var deleted = await browser.SendAsync("DELETE", "/console/session");
        var signOut = (await deleted.DataAsync()).GetProperty("sign_out").GetString()!;
        browser.Token.Should().BeNull();
        using var renewal = await browser.SendAsync("POST", "/console/session/renew");
        (await renewal.FailureCodeAsync()).Should().Be("UNAUTHENTICATED", "only the sign-out at the provider is left");

        using var leave = await browser.GetAsync(signOut);
        var provider = new Uri(leave.Header("Location")!);
        provider.AbsolutePath.Should().Be("/connect/logout");
        provider.Query.Should().Contain("id_token_hint=").And.Contain("post_logout_redirect_uri=");
        using var back = await browser.GetAsync(provider.ToString());
        using var page = await browser.GetAsync(back.Header("Location")!);

        back.Header("Location").Should().StartWith(new Uri(_api.BaseAddress, "/console/session/signed-out?state=").ToString());
        page.Header("Location").Should().Be("/console");
        browser.CookiesOf("/console/session").Should().NotContain(cookie => cookie.Name.Contains("renewal"));
        using var again = await browser.GetAsync(signOut);
        again.Header("Location").Should().Be("/console");
    }

    [TestCase("DELETE", "/console/session")]
    [TestCase("GET", "/console/session/sign-out")]
    public async Task SignOut_OfAProvidersSession_RevokesItsRefreshToken(string method, string path)
    {
        using var browser = await SignedInAsync(_api);
        var stolen = CookiesOf(browser);
        (await RenewAsync(_api.BaseAddress.Authority, stolen)).Should().Be(HttpStatusCode.OK);

        using var ended = await browser.SendAsync(method, path);

        (await RenewAsync(_api.BaseAddress.Authority, stolen)).Should().Be(HttpStatusCode.Unauthorized, "a copy of the cookie is useless");
    }

    [Test]
    public async Task SignOut_WhoseRevocationFails_EndsTheSessionAllTheSame()
    {
        await using var provider = await TestProvider.StartAsync();
        provider.AddTenantUser("alice", SharedApi.Demo);
        provider.RefusesRevocations = true;
        await using var api = await TestApi.StartAsync(SharedApi.ConnectionString, provider.Settings);
        using var browser = await SignedInAsync(api);

        using var deleted = await browser.SendAsync("DELETE", "/console/session");

        (await deleted.DataAsync()).GetProperty("sign_out").GetString().Should().NotBeEmpty();
        browser.Token.Should().BeNull();
        api.Logs.Entries.Should().Contain(entry => entry.Text.Contains("cannot be revoked at Shop Login: status 503"));
    }

    [TestCase("/console/session/signed-out?state=garbage")]
    [TestCase("/console/session/signed-out")]
    public async Task SignedOut_Forged_LeadsToThePage(string address)
    {
        using var browser = new ProviderBrowser(_api);
        using var response = await browser.GetAsync(address);

        response.Header("Location").Should().Be("/console");
    }

    [Test]
    public async Task TokenForm_AfterAProvidersSession_RevokesItsRefreshToken()
    {
        using var browser = await SignedInAsync(_api);
        var (own, renewal) = (_api.BaseAddress.Authority, CookiesOf(browser));
        (await RenewAsync(own, renewal)).Should().Be(HttpStatusCode.OK);
        using var request = ApiCalls.Request(
            "/console/session", "POST", browser.Token!.Value, ("Origin", $"http://{own}"), ("Cookie", renewal));
        using var response = await _api.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("Set-Cookie")
            .Should().Contain(cookie => cookie.StartsWith("tenant_renewal=;", StringComparison.Ordinal));
        (await RenewAsync(own, renewal)).Should().Be(HttpStatusCode.Unauthorized, "a copy of the cookie is useless");
    }

    [Test]
    public async Task Cookies_InProduction_AreOfThisHostAndForTlsAlone()
    {
        var folder = Directory.CreateTempSubdirectory("sdkchat-keys-");
        await using var api = await TestApi.StartAsync(
            SharedApi.ConnectionString,
            new Dictionary<string, string?>(_provider.Settings)
            {
                ["Authentication:Tenant:Authority"] = "https://issuer.invalid",
                ["Authentication:Backoffice:Authority"] = "https://issuer.invalid",
                ["Console:KeyFolder"] = folder.FullName,
                ["Pipeline:BaseUrl"] = "http://127.0.0.1:1",
            },
            environment: "Production");
        var handler = api.Services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get("TenantProvider");
        var renewal = api.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get("TenantRenewal");

        foreach (var cookie in new[] { handler.CorrelationCookie, handler.NonceCookie })
        {
            var built = cookie.Build(new DefaultHttpContext());
            (cookie.Name!.StartsWith("__Host-", StringComparison.Ordinal), built.Path, built.Secure, built.HttpOnly, built.SameSite)
                .Should().Be((true, "/", true, true, SameSiteMode.Lax));
        }

        var kept = renewal.Cookie.Build(new DefaultHttpContext());
        (kept.Path, kept.Secure, kept.HttpOnly, kept.SameSite).Should().Be(("/console/session", true, true, SameSiteMode.Strict));
        handler.RequireHttpsMetadata.Should().BeTrue();
        (handler.UsePkce, handler.ResponseType).Should().Be((true, "code"));
        folder.Delete(recursive: true);
    }

    /// <summary>The browser has the cookie in several parts.</summary>
    private static string CookiesOf(ProviderBrowser browser) =>
        string.Join(
            "; ",
            browser.CookiesOf("/console/session").Where(cookie => cookie.Name.StartsWith("tenant_renewal", StringComparison.Ordinal)));

    private async Task<HttpStatusCode> RenewAsync(string host, string cookie)
    {
        using var request = ApiCalls.Request(
            "/console/session/renew", "POST", headers: [("Host", host), ("Origin", $"http://{host}"), ("Cookie", cookie)]);
        using var response = await _api.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task<ProviderBrowser> SignedInAsync(TestApi api, string user = "alice")
    {
        var browser = new ProviderBrowser(api, user);
        (await browser.SignInAsync()).Should().Be("/console");
        return browser;
    }
}
