using System.Net;
using System.Text.RegularExpressions;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.ConsolePages;

/// <summary>
/// Signing in to the console. That each bad credential is refused, with its code, is <c>CredentialMatrixTests</c>' business,
/// which finds these endpoints by itself.
/// </summary>
public sealed partial class SessionTests
{
    private const string Tenant = "/console/session";
    private const string Backoffice = "/console/admin/session";

    private static TestApi Api => SharedApi.Api;

    private static string Own => Api.BaseAddress.GetLeftPart(UriPartial.Authority);

    [Test]
    public async Task SignIn_WithATenantsToken_KeepsItInACookieThatOnlyTheServiceSees()
    {
        var began = TimeProvider.System.GetTimestamp();
        var token = Api.TenantToken(SharedApi.Demo, lifetime: TimeSpan.FromMinutes(10));
        using var response = await WriteAsync("POST", Tenant, token);

        var session = await response.DataAsync();
        session.GetProperty("kind").GetString().Should().Be("tenant");
        session.GetProperty("tenant_code").GetString().Should().Be("demo");
        session.GetProperty("tenant_id").GetGuid().Should().Be(SharedApi.Demo);
        session.GetProperty("expires_at").GetDateTimeOffset().Should().BeCloseTo(DateTimeOffset.UtcNow.AddMinutes(10), Deadlines.Soon);
        session.GetProperty("development").GetBoolean().Should().BeTrue();
        response.Header("Cache-Control").Should().Be("no-store");

        var cookie = response.Header("Set-Cookie")!;
        cookie.Should().StartWith($"tenant_token={token};").And.Contain("; path=/;").And.Contain("; httponly")
            .And.Contain("; samesite=strict");
        cookie.Should().NotContain("domain").And.NotContain("; secure");
        // Tokens have whole seconds.
        var passed = (int)Math.Ceiling(TimeProvider.System.GetElapsedTime(began).TotalSeconds) + 1;
        MaxAge(cookie).Should().BeInRange(630 - passed, 630, "that is what is left of the token, the skew included");
    }

    [Test]
    public async Task SignIn_WithABackofficeToken_IsASessionOfItsOwn()
    {
        using var response = await WriteAsync("POST", Backoffice, Api.BackofficeToken());

        var session = await response.DataAsync();
        session.GetProperty("kind").GetString().Should().Be("backoffice");
        session.GetProperty("tenant_id").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        response.Header("Set-Cookie").Should().StartWith("backoffice_token=");
    }

    [Test]
    public async Task SignIn_InProduction_SendsTheCookieOverTlsAlone()
    {
        await using var api = await TestApi.StartAsync(
            SharedApi.ConnectionString, new Dictionary<string, string?> { ["Pipeline:BaseUrl"] = "http://127.0.0.1:1" },
            environment: "Production");
        using var request = Request(
            Tenant, "POST", api.TenantToken(SharedApi.Demo), ("Origin", api.BaseAddress.GetLeftPart(UriPartial.Authority)));
        using var response = await api.Client.SendAsync(request);

        response.Header("Set-Cookie").Should().Contain("; secure").And.Contain("; httponly");
        (await response.DataAsync()).GetProperty("development").GetBoolean().Should().BeFalse();
    }

    [TestCase(Tenant, "tenant_token", true)]
    [TestCase(Tenant, "tenant_token", false)]
    [TestCase(Backoffice, "backoffice_token", true)]
    public async Task SignIn_WithSeveralCookiesOfOneName_KeepsTheTokenThatIsValid(string path, string name, bool isFirst)
    {
        var token = path == Tenant ? Api.TenantToken(SharedApi.Demo) : Api.BackofficeToken();
        var cookies = isFirst ? $"{name}={token}; {name}=junk" : $"{name}=junk; {name}={token}";
        // The second time the token is known.
        for (var time = 0; time < 2; time++)
        {
            using var response = await WriteAsync("POST", path, token: null, ("Cookie", cookies));
            response.Header("Set-Cookie").Should().StartWith($"{name}={token};");
        }
    }

    [TestCase("/console/session", "backoffice")]
    [TestCase("/console/admin/session", "tenant")]
    public async Task SignIn_WithTheOtherKindOfToken_SetsNoCookie(string path, string kind)
    {
        using var response = await WriteAsync("POST", path, kind == "tenant" ? Api.TenantToken(SharedApi.Demo) : Api.BackofficeToken());

        (await response.FailureCodeAsync()).Should().Be("UNAUTHENTICATED");
        response.Header("Set-Cookie").Should().BeNull();
    }

    [Test]
    public async Task SignIn_WithATokenTooLongForACookie_SaysSo()
    {
        using var response = await WriteAsync("POST", Tenant, Api.TenantToken(SharedApi.Demo, code: "demo" + new string(' ', 3000)));
        using var longer = await WriteAsync("POST", Backoffice, Api.BackofficeToken("ROLE_ADMIN", new string('x', 3000)));

        (await response.FailureCodeAsync()).Should().Be("TENANT_MISMATCH", "whether the token is good comes first");
        (await longer.FailureAsync()).GetProperty("errors").GetProperty("token")[0].GetString().Should().Contain("cookie");
        longer.Header("Set-Cookie").Should().BeNull();
    }

    [Test]
    public async Task Session_OfACookie_TellsWhoIsSignedIn()
    {
        using var tenant = await Api.Client.SendAsync(
            Request(Tenant, headers: ("Cookie", $"tenant_token={Api.TenantToken(SharedApi.Acme)}")));
        using var nobody = await Api.Client.SendAsync(Request(Tenant));

        (await tenant.DataAsync()).GetProperty("tenant_code").GetString().Should().Be("acme");
        (await nobody.FailureCodeAsync()).Should().Be("UNAUTHENTICATED");
    }

    [TestCase(Tenant, "tenant_token")]
    [TestCase(Backoffice, "backoffice_token")]
    public async Task SignOut_WithWhateverCookie_ClearsItAlone(string path, string name)
    {
        using var response = await WriteAsync("DELETE", path, token: null, ("Cookie", $"{name}=expired"));

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        response.Header("Set-Cookie")
            .Should().StartWith($"{name}=; expires=Thu, 01 Jan 1970").And.Contain("; path=/;").And.Contain("; httponly");
    }

    [TestCase("POST", null)]
    [TestCase("POST", "https://attacker.example")]
    [TestCase("POST", "https://dashboard.example.com")]
    [TestCase("POST", "null")]
    [TestCase("DELETE", null)]
    [TestCase("DELETE", "https://dashboard.example.com")]
    public async Task Write_OfAnyButTheOwnPage_IsRefused(string method, string? origin)
    {
        foreach (var path in new[] { Tenant, Backoffice, "/Console/session" })
        {
            var request = Request(path, method, path == Backoffice ? Api.BackofficeToken() : Api.TenantToken(SharedApi.Demo));
            if (origin is not null)
                request.Headers.TryAddWithoutValidation("Origin", origin);
            using var response = await Api.Client.SendAsync(request);

            (await response.FailureCodeAsync()).Should().Be("ORIGIN_NOT_ALLOWED");
            response.Header("Set-Cookie").Should().BeNull();
        }
    }

    [Test]
    public async Task Token_OfASignIn_IsInNoLogAndNoAnswer()
    {
        var token = Api.TenantToken(SharedApi.Demo);
        using var good = await WriteAsync("POST", Tenant, token);
        using var bad = await WriteAsync("POST", Backoffice, token);

        var signature = token.Split('.')[2];
        (await good.Content.ReadAsStringAsync() + await bad.Content.ReadAsStringAsync()).Should().NotContain(signature);
        Api.Logs.Entries.Should().NotContain(entry => entry.Text.Contains(signature));
    }

    private static Task<HttpResponseMessage> WriteAsync(
        string method, string path, string? token, params (string Name, string Value)[] headers) =>
        Api.Client.SendAsync(Request(path, method, token, [("Origin", Own), .. headers]));

    private static int MaxAge(string cookie) =>
        int.Parse(MaxAgePart().Match(cookie).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("; max-age=([0-9]+);")]
    private static partial Regex MaxAgePart();
}
