using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Api.ConsolePages.Session;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.ConsolePages;

/// <summary>Sign-in to both pages at an OpenID Connect provider that runs here.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class ProviderSignInTests
{
    private const string Html = "text/html,application/xhtml+xml";

    private readonly string _keys = Directory.CreateTempSubdirectory("sdkchat-keys-").FullName;
    private TestProvider _provider = null!;
    private TestApi _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _provider = await TestProvider.StartAsync();
        _provider.AddTenantUser("alice", SharedApi.Demo);
        _provider.AddTenantUser("viewer", SharedApi.Demo, "viewer");
        _provider.AddTenantUser("closed", SharedApi.Closed);
        _provider.Users["unnamed"] = new() { ["role"] = ["admin"] };
        _provider.AddBackofficeUser("root");
        _api = await NodeAsync(_keys);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        await _provider.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
    }

    [TestCase("/console", "alice", "/api/v1/sdk-chat")]
    [TestCase("/console/admin", "root", "/api/v1/admin/sdk-chat")]
    public async Task SignIn_OfAnAdmin_EndsInTheSessionThatATokenMakes(string page, string user, string call)
    {
        using var browser = new ProviderBrowser(_api, user, page);

        (await browser.SignInAsync("?view=%23%2Fchats%3Fq%3Dudon%2520now")).Should().Be(page + "#/chats?q=udon%20now");

        (await browser.SessionAsync()).GetProperty("subject").GetString().Should().Be(user);
        browser.Token!.HttpOnly.Should().BeTrue();
        using var answer = await browser.GetAsync(call);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        using var asToken = await _api.Client.SendAsync(Request(call, token: browser.Token.Value));
        asToken.StatusCode.Should().Be(HttpStatusCode.OK, "the session's token is one of the API's own");
        browser.CookiesOf(call).Should().NotContain(cookie => cookie.Name.Contains("renewal"), "calls do not need it");
    }

    [TestCase("viewer", "FORBIDDEN")]
    [TestCase("closed", "TENANT_DISABLED")]
    [TestCase("unnamed", "UNAUTHENTICATED")]
    [TestCase("root", "UNAUTHENTICATED")]
    [TestCase("nobody", "PROVIDER_DENIED")]
    public async Task SignIn_OfAUserWhoMayNot_TellsThePageWhyAndKeepsTheView(string user, string reason)
    {
        using var browser = new ProviderBrowser(_api, user);
        var revoked = _provider.RevokedRefreshTokens.Count;

        (await browser.SignInAsync("?view=%23%2Foverview")).Should().Be($"/console?sign_in={reason}#/overview");

        _provider.RevokedRefreshTokens.Should().HaveCount(revoked, "the provider may end the user's other sessions with it");
        browser.CookiesOf("/console/session")
            .Should().NotContain(cookie => cookie.Name.EndsWith("_token") || cookie.Name.Contains("renewal"));
    }

    [Test]
    public async Task SignIn_WithATokenTooLongForACookie_SaysSo()
    {
        _provider.AddTenantUser("long", SharedApi.Demo);
        using var browser = new ProviderBrowser(_api, "long");
        var callback = await browser.ReachCallbackAsync();
        _provider.Users["long"]["note"] = [new string('x', 4000)];
        using var response = await browser.GetAsync(callback);

        response.Header("Location").Should().Be("/console?sign_in=TOKEN_TOO_LONG");
        browser.Token.Should().BeNull();
    }

    [Test]
    public async Task SignIn_OnTheHostOfAnotherTenant_IsRefused()
    {
        const string Host = "acme.aika.life";
        using var start = await _api.Client.SendAsync(Request("/console/session/start", headers: ("Host", Host)));
        var cookies = string.Join("; ", start.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        using var provider = await _api.Client.SendAsync(
            Request(start.Header("Location")!, headers: ("Cookie", $"{TestProvider.UserCookie}=alice")));
        var callback = new Uri(provider.Header("Location")!);
        using var response = await _api.Client.SendAsync(Request(callback.PathAndQuery, headers: [("Host", Host), ("Cookie", cookies)]));

        callback.Host.Should().Be(Host);
        response.Header("Location").Should().Be("/console?sign_in=TENANT_MISMATCH");
        response.Header("Set-Cookie").Should().NotContain("_token=");
    }

    [TestCase("")]
    [TestCase("?code=abc")]
    [TestCase("?state=garbage&code=abc")]
    [TestCase("?state=&error=access_denied")]
    [TestCase("?state=a&state=b&code=c&code=d")]
    [TestCase("?error=server_error&error_description=%3Cscript%3E")]
    [TestCase("?%00=%ff&state=%00")]
    public async Task Callback_ThatIsForged_IsRefusedInWords(string query)
    {
        foreach (var path in new[] { "/console/session/callback", "/console/admin/session/callback" })
        {
            using var browser = new ProviderBrowser(_api);
            await ShouldRefuseAsync(browser, path + query);
        }
    }

    [Test]
    public async Task Callback_RepeatedOrOfAnotherBrowserOrChanged_IsRefusedInWords()
    {
        using var browser = new ProviderBrowser(_api, "alice");
        using var other = new ProviderBrowser(_api, "alice");
        var callback = await browser.ReachCallbackAsync();
        await other.ReachCallbackAsync();

        await ShouldRefuseAsync(other, callback);
        await ShouldRefuseAsync(browser, callback.Replace("state=", "state=x", StringComparison.Ordinal));
        await ShouldRefuseAsync(browser, callback.Replace("/console/session", "/console/admin/session", StringComparison.Ordinal));
        browser.Token.Should().BeNull();
        using var good = await browser.GetAsync(callback);
        good.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await ShouldRefuseAsync(browser, callback);
        // A code that the provider does not know, in a sign-in that this browser has begun.
        var wrongCode = System.Text.RegularExpressions.Regex.Replace(await browser.ReachCallbackAsync(), "code=[^&]*", "code=guessed");
        await ShouldRefuseAsync(browser, wrongCode);
    }

    [Test]
    public async Task Callback_ByPost_DoesNotExist()
    {
        using var browser = new ProviderBrowser(_api, "alice");
        using var own = await browser.SendAsync("POST", await browser.ReachCallbackAsync());
        using var foreign = await _api.Client.SendAsync(
            Request("/console/session/callback", "POST", headers: ("Origin", _provider.Authority.TrimEnd('/'))));

        (await own.FailureCodeAsync()).Should().Be("NOT_FOUND");
        (await foreign.FailureCodeAsync()).Should().Be("ORIGIN_NOT_ALLOWED");
    }

    [TestCase("//evil.example")]
    [TestCase("https://evil.example/#/chats")]
    [TestCase("#//evil.example\r\nSet-Cookie: a=b")]
    [TestCase("#https://evil.example")]
    [TestCase("#/한글")]
    public async Task View_ThatIsNone_LeadsToThePageItself(string view)
    {
        using var browser = new ProviderBrowser(_api, "alice");

        (await browser.SignInAsync($"?view={Uri.EscapeDataString(view)}&returnUrl=https://evil.example")).Should().Be("/console");
    }

    /// <summary>Pages of another tenant's host are of the same site, so their requests have the cookies.</summary>
    [TestCase("same-site", "image", HttpStatusCode.Forbidden)]
    [TestCase("cross-site", "iframe", HttpStatusCode.Forbidden)]
    [TestCase("same-site", "document", HttpStatusCode.Redirect)]
    [TestCase("Cross-Site", "document", HttpStatusCode.Redirect)]
    [TestCase("same-site", null, HttpStatusCode.Forbidden)]
    public async Task StartAndSignOut_CausedByAnotherPage_HaveNoEffect(string site, string? destination, HttpStatusCode status)
    {
        foreach (var (page, user) in new[] { ("/console", "alice"), ("/console/admin", "root") })
        {
            using var browser = new ProviderBrowser(_api, user, page);
            await browser.SignInAsync();
            foreach (var path in new[]
            {
                $"{page}/session/start?view=%23%2Foverview", $"{page}/session/sign-out", $"{page.ToUpperInvariant()}/Session/Sign-Out/",
            })
            {
                using var response = await FetchAsync(browser, path, site, destination);

                (response.StatusCode, response.Header("Set-Cookie")).Should().Be((status, null), path);
                response.Header("Location").Should().Be(status == HttpStatusCode.Redirect ? page : null);
            }
        }
    }

    [TestCase("same-origin")]
    [TestCase("none")]
    [TestCase(null)]
    public async Task StartAndSignOut_CausedByTheOwnPageOrTheUser_HaveTheirEffect(string? site)
    {
        using var browser = new ProviderBrowser(_api, "alice");
        await browser.SignInAsync();
        using var start = await FetchAsync(browser, "/console/session/start", site, "document");
        using var signOut = await FetchAsync(browser, "/console/session/sign-out", site, "document");

        start.Header("Location").Should().StartWith(_provider.Authority);
        signOut.Header("Location").Should().StartWith(_provider.Authority);
    }

    [Test]
    public async Task Start_ManyTimes_LeavesTheCookiesOfTheNewestSignIns()
    {
        using var browser = new ProviderBrowser(_api, "alice");
        for (var i = 0; i < 6; i++)
            (await browser.GetAsync("/console/session/start")).Dispose();

        var names = browser.CookiesOf("/console/session/callback").Select(cookie => cookie.Name).ToArray();
        names.Count(name => name.StartsWith("sdkchat-sign-in-", StringComparison.Ordinal)).Should().Be(4);
        names.Count(name => name.StartsWith("sdkchat-nonce-", StringComparison.Ordinal)).Should().Be(4);
        (await browser.SignInAsync()).Should().Be("/console");
    }

    [Test]
    public async Task Log_OfAFailedSignIn_IsOneLineAndNoError()
    {
        using var browser = new ProviderBrowser(_api, "alice");
        var callback = System.Text.RegularExpressions.Regex.Replace(
            await browser.ReachCallbackAsync(), "code=[^&]*", "error=invented&error_description=first%0Asecond");
        using var response = await browser.GetAsync(callback);

        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        var entries = _api.Logs.Entries.Where(entry => entry.Text.Contains("'invented'", StringComparison.Ordinal)).ToArray();
        entries.Should().ContainSingle().Which.Text.Should().Contain("first\uFFFDsecond");
    }

    [Test]
    public async Task Provider_ThatIsDown_IsNamedAndTheTokenFormWorks()
    {
        await using var provider = await TestProvider.StartAsync();
        provider.AddTenantUser("alice", SharedApi.Demo);
        await using var api = await TestApi.StartAsync(SharedApi.ConnectionString, provider.Settings);
        using var browser = new ProviderBrowser(api, "alice");
        await browser.SignInAsync();
        var callback = await browser.ReachCallbackAsync();
        provider.IsDown = true;

        // A check is used for a few seconds. Another browser waits for the next, as each start adds cookies.
        using var other = new ProviderBrowser(api);
        await Eventually.TrueAsync(async () =>
        {
            using var start = await other.GetAsync("/console/session/start?view=%23%2Foverview");
            return start.Header("Location") == "/console?sign_in=PROVIDER_UNAVAILABLE#/overview";
        });
        using var response = await browser.GetAsync(callback);
        response.Header("Location").Should().Be("/console?sign_in=PROVIDER_UNAVAILABLE");
        using var renewal = await browser.SendAsync("POST", "/console/session/renew");
        (await renewal.FailureCodeAsync()).Should().Be("UNAVAILABLE");
        (await browser.SessionAsync()).GetProperty("subject").GetString().Should().Be("alice", "the session goes on");

        using var form = await api.Client.SendAsync(
            Request("/console/session", "POST", browser.Token!.Value, ("Origin", api.BaseAddress.GetLeftPart(UriPartial.Authority))));
        form.StatusCode.Should().Be(HttpStatusCode.OK);
        await browser.SendAsync("DELETE", "/console/session");
        using var signOut = await browser.GetAsync("/console/session/sign-out");
        signOut.Header("Location").Should().Be("/console?sign_in=PROVIDER_SESSION");
    }

    [Test]
    public async Task Starts_AtTheSameTime_AskTheProviderOnce()
    {
        await using var provider = await TestProvider.StartAsync();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        // Only sign-ins read this provider's metadata.
        var settings = new Dictionary<string, string?>(provider.Settings)
        {
            ["Authentication:Tenant:Authority"] = null,
            ["Authentication:Tenant:JwksUrl"] = "http://127.0.0.1:1/",
            ["Authentication:Backoffice:Authority"] = null,
            ["Authentication:Backoffice:JwksUrl"] = "http://127.0.0.1:1/",
            ["Console:SignIn:Tenant:Authority"] = provider.Authority,
            ["Console:SignIn:Backoffice:Authority"] = provider.Authority,
        };
        await using var api = await TestApi.StartAsync(
            SharedApi.ConnectionString, settings, services => services.AddSingleton<TimeProvider>(clock));
        var first = await StartsAsync(api, 1);
        var reads = provider.MetadataReads;

        (first.Single(), (await StartsAsync(api, 8)).Distinct().Single()).Should().Be((true, true));
        provider.MetadataReads.Should().Be(reads);
        clock.Advance(ProviderProbe.KeptFor);
        (await StartsAsync(api, 8)).Should().OnlyContain(isReached => isReached);
        provider.MetadataReads.Should().Be(reads + 1);
        provider.IsDown = true;
        clock.Advance(ProviderProbe.KeptFor);
        (await StartsAsync(api, 8)).Should().OnlyContain(isReached => !isReached);
        provider.MetadataReads.Should().Be(reads + 2);
    }

    [Test]
    public async Task Callback_OnAnotherNode_ContinuesWhereTheKeysAreShared()
    {
        await using var second = await NodeAsync(_keys);
        await using var stranger = await NodeAsync(null);
        using var browser = new ProviderBrowser(_api, "alice");
        var callback = await browser.ReachCallbackAsync();

        using var refused = await browser.GetAsync(callback, node: stranger);
        using var accepted = await browser.GetAsync(callback, node: second);

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        accepted.Header("Location").Should().Be("/console");
        using var renewed = await browser.SendAsync("POST", "/console/session/renew");
        renewed.StatusCode.Should().Be(HttpStatusCode.OK, "the first node reads what the second has written");
    }

    [Test]
    public async Task Pages_WithoutAProvider_HaveTheTokenFormAlone()
    {
        using var browser = new ProviderBrowser(SharedApi.Api, "alice");
        using var provider = await browser.GetAsync("/console/session/provider");
        using var start = await browser.GetAsync("/console/session/start");
        using var callback = await browser.GetAsync("/console/session/callback?code=a&state=b");
        using var renewal = await browser.SendAsync("POST", "/console/session/renew");
        using var signOut = await browser.GetAsync("/console/session/sign-out");

        (await provider.DataAsync()).ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        (await start.FailureCodeAsync()).Should().Be("NOT_FOUND");
        (await callback.FailureCodeAsync()).Should().Be("NOT_FOUND");
        (await renewal.FailureCodeAsync()).Should().Be("UNAUTHENTICATED");
        signOut.Header("Location").Should().Be("/console");
    }

    private Task<HttpResponseMessage> FetchAsync(ProviderBrowser browser, string path, string? site, string? destination)
    {
        var cookies = string.Join("; ", browser.CookiesOf(path.ToLowerInvariant()).Select(cookie => $"{cookie.Name}={cookie.Value}"));
        var request = Request(path, headers: ("Cookie", cookies));
        if (site is not null)
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        if (destination is not null)
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Dest", destination);
        return _api.Client.SendAsync(request);
    }

    private Task<TestApi> NodeAsync(string? keys) =>
        TestApi.StartAsync(
            SharedApi.ConnectionString, new Dictionary<string, string?>(_provider.Settings) { ["Console:KeyFolder"] = keys });

    /// <returns>Whether each leads to the provider.</returns>
    private static Task<bool[]> StartsAsync(TestApi api, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
    {
        using var response = await api.Client.SendAsync(Request("/console/session/start"));
        return !response.Header("Location")!.Contains("PROVIDER_UNAVAILABLE", StringComparison.Ordinal);
    }));

    private static async Task ShouldRefuseAsync(ProviderBrowser browser, string callback)
    {
        using var page = await browser.GetAsync(callback, Html);
        using var envelope = await browser.GetAsync(callback);

        page.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        page.Header("Content-Type").Should().Be("text/html; charset=utf-8");
        page.Header("Cache-Control").Should().Contain("no-store");
        page.Header("Content-Security-Policy").Should().Contain("default-src 'none'");
        (await page.Content.ReadAsStringAsync()).Should().Contain("did not begin in this browser").And.NotContain("Exception");
        (await envelope.FailureAsync()).GetProperty("errors").GetProperty("state")[0].GetString().Should().Contain("belongs to no sign-in");
        (page.Header("Set-Cookie") + envelope.Header("Set-Cookie")).Should().NotContain("_token=").And.NotContain("_renewal=");
    }
}
