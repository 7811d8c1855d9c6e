using SdkChat.Proxies.Tests.Production.Rig;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>Calls of two tenants, mixed, through both proxies and both nodes: no answer has anything of the other tenant.</summary>
public sealed class TenantLeakTests
{
    private const int Calls = 4000, AtOnce = 16, Profiles = 10, Subjects = 4;

    private readonly List<RigClient> _clients = [];

    [OneTimeSetUp]
    public void Connect() => _clients.AddRange(
        new[] { ProductionSetup.Rig.Nginx, ProductionSetup.Rig.Haproxy }
            .Select(proxy => new RigClient(proxy, ProductionSetup.Rig.Certificate)));

    [OneTimeTearDown]
    public void Disconnect() => _clients.ForEach(client => client.Dispose());

    [Test]
    public async Task Answers_OfMixedCalls_HaveNothingOfTheOtherTenant()
    {
        var (one, two) = (await ShopAsync(ProductionSetup.Rig.Tenants[0]), await ShopAsync(ProductionSetup.Rig.Tenants[1]));
        var leaks = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Calls), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
            {
                var (mine, foreign) = number % 2 == 0 ? (one, two) : (two, one);
                var (path, answer) = await CallAsync(number / 2, mine, foreign);
                statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
                if (foreign.IsIn(answer.Body))
                    leaks.Enqueue($"{mine.Tenant.Code} {path}: {answer.Body}");
            });

        leaks.Should().BeEmpty();
        statuses.Keys.Should().BeEquivalentTo([200, 404]);
        statuses[200].Should().Be(Calls * 5 / 8);
    }

    /// <summary>An id of the other tenant and one that nothing has are refused alike.</summary>
    [Test]
    public async Task Refusals_OfForeignAndRandomIds_AreTheSame()
    {
        var (one, two) = (await ShopAsync(ProductionSetup.Rig.Tenants[0]), await ShopAsync(ProductionSetup.Rig.Tenants[1]));
        foreach (var client in _clients)
        {
            var (foreign, random) = (two.Chats[0], (Profile: Guid.NewGuid().ToString(), Chat: Guid.NewGuid().ToString()));
            (await client.AdminAsync(one.Tenant, $"/api/v1/sdk-chat/{foreign.Chat}"))
                .Should().Be(await client.AdminAsync(one.Tenant, $"/api/v1/sdk-chat/{random.Chat}"));
            (await client.SdkAsync(one.Tenant, HttpMethod.Get, $"/v1/profile/{foreign.Profile}"))
                .Should().Be(await client.SdkAsync(one.Tenant, HttpMethod.Get, $"/v1/profile/{random.Profile}"));
            (await client.SdkAsync(one.Tenant, HttpMethod.Get, $"/v1/chat/{foreign.Profile}/recommend/{foreign.Chat}"))
                .Should().Be(await client.SdkAsync(one.Tenant, HttpMethod.Get, $"/v1/chat/{random.Profile}/recommend/{random.Chat}"));
        }
    }

    /// <summary>Five calls in eight ask for what is the caller's own.</summary>
    private async Task<(string Path, RigAnswer Answer)> CallAsync(int number, Shop mine, Shop foreign)
    {
        var (own, other) = (mine.Chats[number % Profiles], foreign.Chats[number % Profiles]);
        var path = (number % 8) switch
        {
            0 or 4 => "/api/v1/sdk-chat?size=100",
            1 => $"/api/v1/sdk-chat/{own.Chat}",
            2 => $"/api/v1/sdk-chat/{other.Chat}",
            3 => $"/v1/chat/{own.Profile}/recommend/{own.Chat}",
            5 => $"/v1/chat/{other.Profile}/recommend/{other.Chat}",
            6 => "/v1/validation",
            _ => $"/v1/profile/{other.Profile}",
        };
        var client = _clients[number / 8 % _clients.Count];
        var answer = path.StartsWith("/api/", StringComparison.Ordinal)
            ? await client.AdminAsync(mine.Tenant, path, $"admin-{number % Subjects}")
            : await client.SdkAsync(mine.Tenant, HttpMethod.Get, path);
        return (path, answer);
    }

    private async Task<Shop> ShopAsync(RigTenant tenant)
    {
        var (client, marker, chats) = (_clients[0], $"only-{tenant.Code}-{Guid.NewGuid():N}", new List<(string, string)>());
        for (var number = 0; number < Profiles; number++)
        {
            var profile = (await client.SdkAsync(tenant, HttpMethod.Post, "/v1/profile", new { name = marker }))
                .Data.GetProperty("profile_id").GetString()!;
            var chat = (await client.SdkAsync(tenant, HttpMethod.Post, $"/v1/chat/{profile}/recommend", new { prompt = marker }))
                .Data.GetProperty("chat_id").GetString()!;
            chats.Add((profile, chat));
        }

        return new Shop(tenant, marker, chats);
    }

    private sealed record Shop(RigTenant Tenant, string Marker, IReadOnlyList<(string Profile, string Chat)> Chats)
    {
        /// <summary>Whether an answer has anything of this one. What a refusal repeats of the request is none.</summary>
        public bool IsIn(string body) =>
            body.Contains(Marker, StringComparison.Ordinal) || body.Contains($"\"tenant_code\":\"{Tenant.Code}\"", StringComparison.Ordinal)
            || Chats.Any(
                chat => body.Contains(chat.Profile, StringComparison.Ordinal) || body.Contains(chat.Chat, StringComparison.Ordinal));
    }
}
