using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Tests.Support;
using SdkChat.Development.SignIn;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.ConsolePages;

/// <summary>One-click sign-in links of a development instance.</summary>
public sealed class SignInTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sdkchat-sign-in-").FullName;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private TestApi _api = null!;

    private SignInLinks Links => new(_folder, _clock);

    [OneTimeSetUp]
    public async Task StartAsync() => _api = await StartAsync("Development");

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Link_FollowedOnce_SignsInAndLeadsToTheConsole()
    {
        var token = _api.TenantToken(SharedApi.Demo);
        using var response = await FollowAsync(_api, Make(Schemes.Tenant, token));

        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        response.Header("Location").Should().Be("/console");
        response.Header("Cache-Control").Should().Be("no-store");
        response.Header("Set-Cookie").Should().StartWith($"tenant_token={token};").And.Contain("; httponly")
            .And.Contain("; samesite=strict").And.MatchRegex("max-age=(3600|3599|3598)");

        using var session = await _api.Client.SendAsync(Request("/console/session", headers: ("Cookie", $"tenant_token={token}")));
        (await session.DataAsync()).GetProperty("subject").GetString().Should().Be("someone");
    }

    [Test]
    public async Task Link_OfTheBackoffice_LeadsThere()
    {
        using var response = await FollowAsync(_api, Make(Schemes.Backoffice, _api.BackofficeToken()));

        response.Header("Location").Should().Be("/console/admin");
        response.Header("Set-Cookie").Should().StartWith("backoffice_token=");
    }

    [Test]
    public async Task Link_FollowedByManyOnTwoNodes_SignsOneIn()
    {
        await using var other = await StartAsync("Development");
        var code = Make(Schemes.Tenant, _api.TenantToken(SharedApi.Demo));

        var responses = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => FollowAsync(i % 2 == 0 ? _api : other, code)));

        responses.Count(response => response.Header("Set-Cookie") is not null).Should().Be(1);
        responses.Count(response => response.StatusCode == HttpStatusCode.NotFound).Should().Be(11);
    }

    [Test]
    public async Task Link_TooOld_DoesNotSignIn()
    {
        var code = Make(Schemes.Tenant, _api.TenantToken(SharedApi.Demo));
        _clock.Advance(SignInLinks.Lifetime);

        await ShouldRefuseAsync(code);
    }

    [TestCase("unknown")]
    [TestCase("..%2f..%2fdevelopment-keys.json")]
    [TestCase("a%20b")]
    public Task Link_ThatNeverWas_DoesNotSignIn(string code) => ShouldRefuseAsync(code);

    [Test]
    public async Task Link_AskedForWithHead_IsNotUsedUp()
    {
        var code = Make(Schemes.Tenant, _api.TenantToken(SharedApi.Demo));
        using var head = await _api.Client.SendAsync(Request($"/console/sign-in/{code}", "HEAD"));
        using var get = await FollowAsync(_api, code);

        head.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        get.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Test]
    public async Task Refusal_InABrowser_IsAPageThatNamesTheVerb()
    {
        using var response = await FollowAsync(_api, "unknown", ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        response.Header("Content-Type").Should().Be("text/html; charset=utf-8");
        response.Header("Cache-Control").Should().Be("no-store");
        (await response.Content.ReadAsStringAsync()).Should().Contain("./sdkchat sign-in");
    }

    [TestCase("Production")]
    [TestCase("Staging")]
    public async Task Link_OutsideDevelopment_DoesNotExist(string environment)
    {
        // Even where somebody wired links, and made a good one.
        await using var api = await StartAsync(environment);
        var code = Make(Schemes.Tenant, api.TenantToken(SharedApi.Demo));
        using var response = await FollowAsync(api, code);
        using var inBrowser = await FollowAsync(api, code, ("Accept", "text/html"));

        (await response.FailureCodeAsync()).Should().Be("NOT_FOUND");
        (await inBrowser.FailureAsync()).GetProperty("message").GetString().Should().NotContain("sdkchat");
        response.Header("Set-Cookie").Should().BeNull();
        Links.Use(code).Should().NotBeNull("nobody has used it");
    }

    [Test]
    public void Folder_OfLinks_HasNoCodeInItAndForgetsOldOnes()
    {
        var old = Make(Schemes.Tenant, "old");
        _clock.Advance(SignInLinks.Lifetime);
        var code = Make(Schemes.Tenant, "new");

        var files = Directory.GetFiles(Path.Combine(_folder, "sign-in"));
        files.Should().ContainSingle().Which.Should().NotContain(code).And.NotContain(old);
        File.GetUnixFileMode(files[0]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllText(files[0]).Should().NotContain(code);
    }

    private Task<TestApi> StartAsync(string environment) => TestApi.StartAsync(
        SharedApi.ConnectionString,
        new Dictionary<string, string?> { ["Pipeline:BaseUrl"] = "http://127.0.0.1:1" },
        services => services.AddSingleton(Links).AddSingleton<TimeProvider>(_clock),
        environment);

    private string Make(string scheme, string token) => Links.Make(scheme, token, _clock.GetUtcNow().AddHours(1));

    private async Task ShouldRefuseAsync(string code)
    {
        using var response = await FollowAsync(_api, code);

        var failure = await response.FailureAsync();
        failure.GetProperty("code").GetString().Should().Be("NOT_FOUND");
        failure.GetProperty("message").GetString().Should().Contain("./sdkchat sign-in");
        response.Header("Set-Cookie").Should().BeNull();
    }

    private static Task<HttpResponseMessage> FollowAsync(TestApi api, string code, params (string Name, string Value)[] headers) =>
        api.Client.SendAsync(Request($"/console/sign-in/{code}", headers: headers));
}
