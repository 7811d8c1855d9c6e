using System.Net;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Authentication;

/// <summary>A token is checked once, and believed no longer than it would pass the check.</summary>
public sealed class ValidatedTokenCacheTests
{
    private const string List = "/api/v1/sdk-chat";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly PublishedKey _key = PublishedKey.Ec("key");

    private string _file = null!;
    private TestApi _api = null!;
    private int _checks;

    [SetUp]
    public async Task StartAsync()
    {
        _checks = 0;
        _file = Path.GetTempFileName();
        await File.WriteAllTextAsync(_file, PublishedKey.Document(_key));
        _api = await TestApi.StartAsync(
            SharedApi.ConnectionString,
            new Dictionary<string, string?> { ["Authentication:Tenant:JwksFile"] = _file },
            services => services.AddSingleton<TimeProvider>(_clock).PostConfigure<JwtBearerOptions>("Tenant", CountChecks));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        File.Delete(_file);
    }

    [Test]
    public async Task Token_ShownAgain_IsNotCheckedAgain()
    {
        var (one, other) = (_key.Token(Claims()), _key.Token(Claims()));
        for (var i = 0; i < 3; i++)
        {
            (await StatusAsync(one)).Should().Be(HttpStatusCode.OK);
            (await StatusAsync(other)).Should().Be(HttpStatusCode.OK);
        }

        _checks.Should().Be(2, "one each");
    }

    [Test]
    public async Task Token_OfSomebodyElse_SaysWhoThatIs()
    {
        var (demo, acme) = (_key.Token(Claims()), _key.Token(TestTokens.TenantClaims(SharedApi.Acme, _clock.GetUtcNow())));
        for (var i = 0; i < 2; i++)
        {
            (await StatusAsync(demo, $"{List}/{SharedApi.DemoChat}")).Should().Be(HttpStatusCode.OK);
            (await StatusAsync(acme, $"{List}/{SharedApi.DemoChat}")).Should().Be(HttpStatusCode.NotFound);
        }
    }

    [Test]
    public async Task Token_ThatIsKnown_IsRefusedOnceItHasExpired()
    {
        var claims = Claims();
        claims["exp"] = _clock.GetUtcNow().AddSeconds(60).ToUnixTimeSeconds();
        var token = _key.Token(claims);
        (await StatusAsync(token)).Should().Be(HttpStatusCode.OK);

        // The skew is 30 s, and the claim has no fraction of a second.
        _clock.Advance(TimeSpan.FromSeconds(88));
        (await StatusAsync(token)).Should().Be(HttpStatusCode.OK);
        _checks.Should().Be(1, "or this would not be about what is known");
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await StatusAsync(token)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Token_ThatIsKnown_IsRefusedOnceItsKeyIsWithdrawn()
    {
        var token = _key.Token(Claims());
        (await StatusAsync(token)).Should().Be(HttpStatusCode.OK);

        await File.WriteAllTextAsync(_file, PublishedKey.Document(PublishedKey.Ec("other")));
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(async () => await StatusAsync(token) == HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Token_KnownForLong_IsCheckedAgain()
    {
        var token = _key.Token(Claims());
        (await StatusAsync(token)).Should().Be(HttpStatusCode.OK);

        _clock.Advance(ValidatedTokenCache.MaxAge);
        (await StatusAsync(token)).Should().Be(HttpStatusCode.OK);
        _checks.Should().Be(2);
    }

    [Test]
    public async Task Token_LikeOneThatIsKnown_IsRefused()
    {
        var token = _key.Token(Claims());
        (await StatusAsync(token)).Should().Be(HttpStatusCode.OK);
        var parts = token.Split('.');
        var forAcme = _key.Token(TestTokens.TenantClaims(SharedApi.Acme, _clock.GetUtcNow())).Split('.');

        foreach (var forged in new[]
        {
            $"{parts[0]}.{parts[1]}.{forAcme[2]}", $"{parts[0]}.{forAcme[1]}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}", $"{token}A", token[..^4],
        })
            (await StatusAsync(forged)).Should().Be(HttpStatusCode.Unauthorized, forged);
        (await StatusAsync(token)).Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Token_ThatIsKnownToOneScheme_IsNothingToTheOther()
    {
        var token = _key.Token(Claims());
        (await StatusAsync(token)).Should().Be(HttpStatusCode.OK);

        (await StatusAsync(token, "/api/v1/admin/sdk-chat")).Should().Be(HttpStatusCode.Unauthorized);
    }

    private void CountChecks(JwtBearerOptions options)
    {
        var validate = options.TokenValidationParameters.AlgorithmValidator;
        options.TokenValidationParameters.AlgorithmValidator = (algorithm, key, token, parameters) =>
        {
            if (key.KeyId == _key.KeyId)
                Interlocked.Increment(ref _checks);
            return validate(algorithm, key, token, parameters);
        };
    }

    private Dictionary<string, object?> Claims() => TestTokens.TenantClaims(SharedApi.Demo, _clock.GetUtcNow());

    private async Task<HttpStatusCode> StatusAsync(string token, string path = List)
    {
        using var response = await _api.Client.SendAsync(Request(path, token: token));
        return response.StatusCode;
    }
}
