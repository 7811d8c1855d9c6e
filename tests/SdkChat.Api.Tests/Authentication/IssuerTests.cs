using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Authentication;

/// <summary>Keys that an issuer publishes, read over a real socket or from a file while the service runs.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class IssuerTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    [TestCase("RS256")]
    [TestCase("PS256")]
    [TestCase("ES256")]
    public async Task Token_OfAPublishedKey_IsAccepted(string algorithm)
    {
        var key = algorithm == "ES256" ? PublishedKey.Ec("key") : PublishedKey.Rsa("key", algorithm);
        await using var issuer = await TestIssuer.StartAsync(key);
        await using var api = await StartAsync("JwksUrl", issuer.JwksUrl);

        (await StatusAsync(api, key)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(api, PublishedKey.Rsa("key"))).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Token_OfAnAuthority_IsAccepted()
    {
        var key = PublishedKey.Rsa("key");
        await using var issuer = await TestIssuer.StartAsync(key);
        await using var api = await StartAsync("Authority", issuer.Url);

        (await StatusAsync(api, key, issuer.Url)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(api, key)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Issuer_ChangingItsKeys_RefusesNoNewTokenAndNoOldOneTooLong()
    {
        var (old, next) = (PublishedKey.Ec("old"), PublishedKey.Ec("next"));
        await using var issuer = await TestIssuer.StartAsync(old);
        await using var api = await StartAsync("JwksUrl", issuer.JwksUrl);
        (await StatusAsync(api, old)).Should().Be(HttpStatusCode.OK);

        issuer.Keys = [next];
        _clock.Advance(TimeSpan.FromSeconds(11));

        (await StatusAsync(api, next)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(api, old)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Key_ThatIsWithdrawnWithoutASuccessor_IsRefusedOnceTheDocumentIsOld()
    {
        var (withdrawn, other) = (PublishedKey.Ec("withdrawn"), PublishedKey.Ec("other"));
        await using var issuer = await TestIssuer.StartAsync(withdrawn, other);
        await using var api = await StartAsync("JwksUrl", issuer.JwksUrl);
        (await StatusAsync(api, withdrawn)).Should().Be(HttpStatusCode.OK);

        issuer.Keys = [other];
        _clock.Advance(TimeSpan.FromMinutes(5));

        // No token names a key that is unknown here: only its age has the document read again, beside the requests.
        await Eventually.TrueAsync(async () => await StatusAsync(api, withdrawn) == HttpStatusCode.Unauthorized);
        (await StatusAsync(api, other)).Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Issuer_ThatIsDown_CostsNothingOnceItsKeysAreKnown()
    {
        var key = PublishedKey.Ec("key");
        await using var issuer = await TestIssuer.StartAsync(key);
        await using var api = await StartAsync("JwksUrl", issuer.JwksUrl);
        issuer.Keys = null;
        (await StatusAsync(api, key)).Should().Be(HttpStatusCode.ServiceUnavailable);

        issuer.Keys = [key];
        _clock.Advance(TimeSpan.FromSeconds(11));
        (await StatusAsync(api, key)).Should().Be(HttpStatusCode.OK);

        issuer.Keys = null;
        _clock.Advance(TimeSpan.FromMinutes(20));
        (await StatusAsync(api, PublishedKey.Ec("unknown"))).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(api, key)).Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task File_ThatChanges_IsReadAgain()
    {
        var (old, next) = (PublishedKey.Ec("old"), PublishedKey.Ec("next"));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, PublishedKey.Document(old));
        await using var api = await StartAsync("JwksFile", file);
        (await StatusAsync(api, old)).Should().Be(HttpStatusCode.OK);

        await File.WriteAllTextAsync(file, PublishedKey.Document(next));
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await StatusAsync(api, next)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(api, old)).Should().Be(HttpStatusCode.Unauthorized);

        File.Delete(file);
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await StatusAsync(api, next)).Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Secrets_TwoAtOnce_AreBothGood()
    {
        const string Next = "the-next-secret-of-thirty-two-bytes-or-more";
        await using var api = await StartAsync("Secrets:1", Next);

        foreach (var secret in new[] { TestTokens.TenantSecret, Next })
            (await StatusAsync(api, TestTokens.Hs256(Claims(), secret))).Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Claims_UnderOtherNames_AreRead()
    {
        await using var api = await TestApi.StartAsync(SharedApi.ConnectionString, new Dictionary<string, string?>
        {
            ["Authentication:Tenant:Issuer"] = "https://issuer.example",
            ["Authentication:Tenant:Audience"] = "dashboard",
            ["Authentication:Tenant:CookieName"] = "session",
            ["Authentication:Tenant:Claims:TenantId"] = "https://example.com/tenant",
            ["Authentication:Tenant:Claims:Role"] = "groups",
            ["Authentication:Tenant:Claims:RoleValues:0"] = "owners",
            ["Authentication:Tenant:Claims:RoleValues:1"] = "shop-managers",
        });
        var claims = new Dictionary<string, object?>(Claims())
        {
            ["iss"] = "https://issuer.example",
            ["aud"] = new[] { "other", "dashboard" },
            ["https://example.com/tenant"] = SharedApi.Demo,
            ["groups"] = new[] { "viewer", "shop-managers" },
        };
        using var response = await api.Client.SendAsync(
            Request("/api/v1/sdk-chat", headers: ("Cookie", $"session={TestTokens.Hs256(claims, TestTokens.TenantSecret)}")));
        claims["groups"] = new[] { "viewer", "admin" };

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await StatusAsync(api, TestTokens.Hs256(claims, TestTokens.TenantSecret)))
            .Should().Be(HttpStatusCode.Forbidden, "that role is not among the configured ones");
    }

    /// <summary>The edges of <c>exp</c> and <c>nbf</c>, at the contract's 30 s of skew.</summary>
    [TestCase("exp", -29, 200)]
    [TestCase("exp", -30, 401)]
    [TestCase("exp", 1, 200)]
    [TestCase("nbf", 30, 200)]
    [TestCase("nbf", 31, 401)]
    public async Task Token_AtTheEdgeOfItsLife_IsJudgedByTheClock(string claim, int secondsFromNow, int status)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
        await using var api = await TestApi.StartAsync(
            SharedApi.ConnectionString, services: services => services.AddSingleton<TimeProvider>(new FakeTimeProvider(now)));
        var claims = new Dictionary<string, object?>(TestTokens.TenantClaims(SharedApi.Demo, now))
        {
            [claim] = now.AddSeconds(secondsFromNow).ToUnixTimeSeconds(),
        };

        ((int)await StatusAsync(api, TestTokens.Hs256(claims, TestTokens.TenantSecret))).Should().Be(status);
    }

    [Test]
    public async Task AcceptedUntil_OfAToken_IsItsExpiryAndTheSkew()
    {
        var now = DateTimeOffset.UtcNow;
        var claims = new Dictionary<string, object?>(TestTokens.TenantClaims(SharedApi.Demo, now)) { ["exp"] = 1_900_000_000 };
        using var response = await SharedApi.Api.Client.SendAsync(
            Request("/api/probe/token", token: TestTokens.Hs256(claims, TestTokens.TenantSecret)));

        (await response.DataAsync()).GetDateTimeOffset().Should().Be(DateTimeOffset.FromUnixTimeSeconds(1_900_000_030));
    }

    private Dictionary<string, object?> Claims() => TestTokens.TenantClaims(SharedApi.Demo, _clock.GetUtcNow());

    private Task<TestApi> StartAsync(string setting, string value) => TestApi.StartAsync(
        SharedApi.ConnectionString,
        new Dictionary<string, string?> { [$"Authentication:Tenant:{setting}"] = value },
        services => services.AddSingleton<TimeProvider>(_clock));

    private Task<HttpStatusCode> StatusAsync(TestApi api, PublishedKey key, string? issuer = null)
    {
        var claims = Claims();
        if (issuer is not null)
            claims["iss"] = issuer;
        return StatusAsync(api, key.Token(claims));
    }

    private static async Task<HttpStatusCode> StatusAsync(TestApi api, string token)
    {
        using var response = await api.Client.SendAsync(Request("/api/v1/sdk-chat", token: token));
        return response.StatusCode;
    }
}
