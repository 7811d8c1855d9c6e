using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Api.Http.RateLimits;
using SdkChat.Api.Tests.Sdk;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Http;

/// <summary>Buckets of three that take an hour to notice a second: what is counted together, and what is not.</summary>
public sealed class RateLimitTests() : SdkFixture(nodes: 1)
{
    private const int Burst = 3;

    protected override Dictionary<string, string?> Settings
    {
        get
        {
            var settings = new Dictionary<string, string?>(base.Settings)
            {
                ["RateLimits:Enabled"] = "true", ["Proxies:Trusted:0"] = "127.0.0.1",
            };
            foreach (var limit in new[] { "Profile", "Admin", "FailedAuthentication" })
                (settings[$"RateLimits:{limit}:PerSecond"], settings[$"RateLimits:{limit}:Burst"]) = ("1", $"{Burst}");
            return settings;
        }
    }

    [Test]
    public async Task Shopper_WhoAsksTooMuch_IsToldWhenToComeBackAndCostsNobodyElse()
    {
        var (profile, other) = (await ProfileAsync(), await ProfileAsync());

        using var refused = await UntilRefusedAsync(() => SendAsync("GET", Chats(profile)));
        (await refused.FailureCodeAsync()).Should().Be("RATE_LIMITED");
        refused.Header("Retry-After").Should().Be("1");

        (await SendAsync("GET", Chats(other))).StatusCode.Should().Be(HttpStatusCode.OK, "another shopper has the same key");
        (await FailureAsync("GET", Chats(profile), key: AcmeKey))
            .Should().Be((404, "PROFILE_NOT_FOUND"), "another tenant's key is another caller");
    }

    [Test]
    public async Task Shopper_WhoSpellsHisIdInManyWays_IsOneCallerStill()
    {
        var profile = await ProfileAsync();
        var spellings = Enumerable.Range(0, 200)
            .Select(n => new string([.. $"{profile}".Select((c, at) => ((n >> (at % 8)) & 1) == 0 ? c : char.ToUpperInvariant(c))]));
        using var spelled = spellings.GetEnumerator();

        using var refused = await UntilRefusedAsync(() =>
        {
            spelled.MoveNext().Should().BeTrue();
            return SendAsync("GET", $"/v1/chat/{spelled.Current}/recommend");
        });

        (await refused.FailureCodeAsync()).Should().Be("RATE_LIMITED");
    }

    [Test]
    public async Task Key_OverAllItsProfiles_HasALimitOfItsOwn()
    {
        await using var strict = await StartNodeAsync(
            settings: new Dictionary<string, string?>
            {
                ["RateLimits:KeyTotal:PerSecond"] = "1", ["RateLimits:KeyTotal:Burst"] = $"{Burst}",
            });

        using var refused = await UntilRefusedAsync(() => SendAsync("GET", $"/v1/profile/{Guid.NewGuid()}", node: strict));

        (await refused.FailureCodeAsync()).Should().Be("RATE_LIMITED");
        refused.Header("Retry-After").Should().Be("1");
        using var other = await SendAsync("GET", "/v1/validation", key: AcmeKey, node: strict);
        other.StatusCode.Should().Be(HttpStatusCode.OK, "another tenant's key is another caller");
    }

    [Test]
    public async Task Shopper_WhoWaits_IsServedAgain()
    {
        var profile = await ProfileAsync();
        (await UntilRefusedAsync(() => SendAsync("GET", Chats(profile)))).Dispose();

        await Eventually.TrueAsync(async () => (await SendAsync("GET", Chats(profile))).StatusCode == HttpStatusCode.OK);
    }

    [Test]
    public async Task Admin_WhoAsksTooMuch_IsRefusedByNameAlone()
    {
        var (one, other) = (TokenOf("one"), TokenOf("other"));

        (await UntilRefusedAsync(() => Node.Client.SendAsync(Request("/api/v1/sdk-chat", token: one)))).Dispose();

        (await StatusAsync("/api/v1/sdk-chat", other)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync("/health/ready")).Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Credential_ThatIsGood_IsNotTouchedByBadOnesFromItsAddress()
    {
        (await UntilRefusedAsync(() => FromAsync("203.0.113.7", "osk_demo_made-up-key-0123456789"))).Dispose();

        (await FromAsync("203.0.113.7", DemoKey)).StatusCode.Should().Be(HttpStatusCode.OK, "a whole town may share an address");
        (await FromAsync("203.0.113.8", "osk_demo_made-up-key-0123456789"))
            .StatusCode.Should().Be(HttpStatusCode.Unauthorized, "that is another caller");
        (await StatusAsync("/api/v1/sdk-chat")).Should().Be(HttpStatusCode.Unauthorized, "who shows nothing guesses nothing");
    }

    [Test]
    public async Task Address_ThatAStrangerClaims_IsNotBelieved()
    {
        await using var open = await StartNodeAsync(settings: new Dictionary<string, string?> { ["Proxies:Trusted:0"] = "192.0.2.1" });
        var calls = 0;

        using var refused = await UntilRefusedAsync(() => FromAsync($"203.0.113.{++calls}", "osk_demo_made-up-key-0123456789", open));

        calls.Should().BeGreaterThan(Burst);
    }

    [Test]
    public async Task Limits_SwitchedOff_RefuseNobody()
    {
        await using var free = await StartNodeAsync(settings: new Dictionary<string, string?> { ["RateLimits:Enabled"] = "false" });
        for (var call = 0; call < Burst * 4; call++)
            (await FromAsync("203.0.113.9", "osk_demo_made-up-key-0123456789", free)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>Browsers send whatever cookies they have: only those that carry tokens are attempts.</summary>
    [Test]
    public async Task Calls_WithoutACredential_AreUnauthenticatedHoweverMany()
    {
        foreach (var headers
            in new (string, string)[][] { [], [("Cookie", "theme=dark; session=1")], [("X-API-KEY", "osk_for_another_endpoint")] })
        {
            for (var call = 0; call < 3 * Burst; call++)
            {
                using var response = await Node.Client.SendAsync(Request("/api/v1/sdk-chat", headers: headers));
                response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            }
        }

        (await UntilRefusedAsync(
            () => Node.Client.SendAsync(Request("/api/v1/sdk-chat", headers: ("Cookie", "tenant_token=no.good.token"))))).Dispose();
    }

    [Test]
    public async Task Refused_ByEachLimit_IsCountedOnceUnderItsName()
    {
        await using var strict = await StartNodeAsync(
            settings: new Dictionary<string, string?>
            {
                ["RateLimits:KeyTotal:PerSecond"] = "1", ["RateLimits:KeyTotal:Burst"] = $"{Burst}",
            });
        await using var open = await StartNodeAsync();
        var profile = Guid.NewGuid();

        (await UntilRefusedAsync(() => SendAsync("GET", $"/v1/profile/{Guid.NewGuid()}", node: strict))).Dispose();
        (await UntilRefusedAsync(() => SendAsync("GET", $"/v1/profile/{profile}", node: open))).Dispose();
        (await UntilRefusedAsync(() => open.Client.SendAsync(Request("/api/v1/sdk-chat", token: TokenOf("one"))))).Dispose();

        Counted(strict).Should().BeEquivalentTo(["key_total 1"]);
        Counted(open).Should().BeEquivalentTo(["profile 1", "admin 1"]);
    }

    [Test]
    public void Callers_MadeUpByTheMillion_TakeNoMoreThanTheirSlots()
    {
        var rate = new RateLimit { PerSecond = 1, Burst = 1000 };
        using var limiter = PartitionedRateLimiter.Create<int, CallerBucket>(caller => CallerBucket.Create("profile", rate, caller));
        var random = new Random(7);
        for (var caller = 0; caller < 4 * CallerBucket.Slots; caller++)
            limiter.AttemptAcquire(random.Next());
        var full = GC.GetTotalMemory(forceFullCollection: true);

        for (var caller = 0; caller < 1_000_000; caller++)
            limiter.AttemptAcquire(random.Next());

        (GC.GetTotalMemory(forceFullCollection: true) - full)
            .Should().BeLessThan(64 << 20, "a million buckets would be hundreds of megabytes");
        Enumerable.Range(0, 100_000)
            .Select(_ => CallerBucket.Create("profile", rate, random.Next(int.MinValue, int.MaxValue)).PartitionKey.Slot)
            .Should().OnlyContain(slot => slot >= 0 && slot < CallerBucket.Slots);
    }

    /// <summary>The limits that refused a call of this node, and how often.</summary>
    private static List<string> Counted(TestApi node)
    {
        var (meters, counted) = (node.Services.GetRequiredService<IMeterFactory>(), new List<string>());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name == "sdkchat.ratelimit.refused")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (count > 0)
                counted.Add($"{tags[0].Value} {count}");
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return counted;
    }

    private string TokenOf(string subject)
    {
        var claims = TestTokens.TenantClaims(Demo, TimeProvider.System.GetUtcNow());
        claims["sub"] = subject;
        return TestTokens.Hs256(claims, TestTokens.TenantSecret);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string? token = null)
    {
        using var response = await Node.Client.SendAsync(Request(path, token: token));
        return response.StatusCode;
    }

    private Task<HttpResponseMessage> FromAsync(string address, string key, TestApi? node = null) =>
        (node ?? Node).Client.SendAsync(Request("/v1/validation", headers: [("X-API-KEY", key), ("X-Forwarded-For", address)]));

    /// <summary>The bucket fills by one a second meanwhile; on a slow machine it takes a few calls more.</summary>
    private static async Task<HttpResponseMessage> UntilRefusedAsync(Func<Task<HttpResponseMessage>> call)
    {
        HttpResponseMessage response;
        var calls = 0;
        while ((response = await call()).StatusCode != HttpStatusCode.TooManyRequests)
        {
            response.Dispose();
            (++calls).Should().BeLessThan(1000);
        }

        calls.Should().BeGreaterThanOrEqualTo(Burst);
        return response;
    }
}
