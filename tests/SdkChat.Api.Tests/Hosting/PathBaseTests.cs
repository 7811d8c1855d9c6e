using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Hosting;

/// <summary>The service below a path of its host: every address that it writes begins with the path.</summary>
public sealed class PathBaseTests
{
    private TestProvider _provider = null!;
    private TestApi _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _provider = await TestProvider.StartAsync();
        _provider.AddTenantUser("alice", SharedApi.Demo);
        _api = await TestApi.StartAsync(
            SharedApi.ConnectionString, new Dictionary<string, string?>(_provider.Settings) { ["Proxies:PathBase"] = "/chat" });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        await _provider.DisposeAsync();
    }

    /// <summary>A proxy may remove the path or pass it on.</summary>
    [TestCase("/chat")]
    [TestCase("")]
    public async Task Page_BelowAPath_LoadsEverythingBelowIt(string prefix)
    {
        foreach (var page in new[] { "/console", "/console/admin", "/console/wall" })
        {
            var html = await TextAsync(prefix + page);
            html.Should().Contain("\"/chat/console/assets/").And.NotContain("\"/console").And.NotContain("{{");
            foreach (var asset in Regex.Matches(html, "\"(/chat/console/assets/[^\"]+)\"").Select(match => match.Groups[1].Value))
                (await TextAsync(asset["/chat".Length..].Insert(0, prefix))).Should().NotContain("{{base}}");
        }

        using var root = await GetAsync(prefix + "/", ("Accept", "text/html"));
        root.Header("Location").Should().Be("/chat/console");
        using var slash = await GetAsync(prefix + "/console/");
        slash.Header("Location").Should().Be("/chat/console");
        (await TextAsync(prefix + "/health/live")).Should().NotBeEmpty();
    }

    [Test]
    public async Task Document_BelowAPath_NamesIt()
    {
        using var document = await GetAsync("/chat/openapi/v1.json");

        (await document.Content.ReadAsStringAsync()).Should().Contain("\"url\": \"/chat\"").And.NotContain("\"url\": \"/\"");
        using var reference = await GetAsync("/chat/docs");
        var address = new Uri(new Uri(_api.BaseAddress, "/chat/docs"), reference.Header("Location")!).AbsolutePath;
        address.Should().Be("/chat/docs/");
        (await TextAsync(address)).Should().Contain("openapi/v1.json");
    }

    [Test]
    public async Task SignIn_AtAProvider_ComesBackBelowThePath()
    {
        using var browser = new ProviderBrowser(_api, "alice", "/chat/console");
        (await browser.SignInAsync("?view=%23%2Fchats")).Should().Be("/chat/console#/chats");
        browser.CookiesOf("/chat/api/v1").Should().ContainSingle(cookie => cookie.Name == "tenant_token").Which.Path.Should().Be("/chat");
        browser.CookiesOf("/chatty").Should().NotContain(cookie => cookie.Name == "tenant_token");
        (await browser.SessionAsync()).GetProperty("subject").GetString().Should().Be("alice");
        using var renewed = await browser.SendAsync("POST", "/chat/console/session/renew");
        renewed.StatusCode.Should().Be(HttpStatusCode.OK);
        using var list = await browser.GetAsync("/chat/api/v1/sdk-chat?size=1");
        list.Header("Link").Should().StartWith("</chat/api/v1/sdk-chat?");
        using var screen = await PostAsync(browser, "/chat/api/v1/screens", """{"name":"Counter"}""");
        (await screen.DataAsync()).GetProperty("path").GetString().Should().StartWith("/chat/console/wall#");

        using var deleted = await browser.SendAsync("DELETE", "/chat/console/session");
        deleted.Headers.GetValues("Set-Cookie").Where(cookie => cookie.StartsWith("tenant_token=;", StringComparison.Ordinal))
            .Should().HaveCount(2, "one may be from before the path")
            .And.Contain(cookie => cookie.Contains("path=/;")).And.Contain(cookie => cookie.Contains("path=/chat;"));
        var signOut = (await deleted.DataAsync()).GetProperty("sign_out").GetString()!;
        using var leave = await browser.GetAsync(signOut);
        using var back = await browser.GetAsync(leave.Header("Location")!);
        using var page = await browser.GetAsync(back.Header("Location")!);

        signOut.Should().Be("/chat/console/session/sign-out");
        back.Header("Location").Should().StartWith(new Uri(_api.BaseAddress, "/chat/console/session/signed-out?state=").ToString());
        page.Header("Location").Should().Be("/chat/console");
        browser.CookiesOf("/chat/console/session").Should().NotContain(cookie => cookie.Name.Contains("tenant_"));
    }

    private async Task<HttpResponseMessage> PostAsync(ProviderBrowser browser, string path, string body)
    {
        var own = _api.BaseAddress.GetLeftPart(UriPartial.Authority);
        var cookies = string.Join("; ", browser.CookiesOf(path).Select(cookie => $"{cookie.Name}={cookie.Value}"));
        using var request = ApiCalls.Request(path, "POST", headers: [("Cookie", cookies), ("Origin", own)]);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _api.Client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var request = ApiCalls.Request(path, headers: headers);
        request.RequestUri = new Uri(_api.BaseAddress, path);
        return await client.SendAsync(request);
    }

    private async Task<string> TextAsync(string path)
    {
        using var response = await GetAsync(path);
        response.StatusCode.Should().Be(HttpStatusCode.OK, path);
        return await response.Content.ReadAsStringAsync();
    }
}
