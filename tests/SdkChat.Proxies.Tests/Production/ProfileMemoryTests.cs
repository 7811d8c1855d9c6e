using Dapper;
using Npgsql;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.Proxies.Tests.Rig;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>The profile documents of one tenant are bounded, and take nothing that another tenant needs.</summary>
public sealed class ProfileMemoryTests
{
    /// <summary>Four fit into 256 KiB.</summary>
    private const int Merges = 8, MemberBytes = 60_000;

    /// <summary>More than a node has database connections, at both nodes.</summary>
    private const int Waiting = 64;

    /// <summary>Not one of the tenants that other tests use meanwhile.</summary>
    private RigTenant _greedy = null!;

    [OneTimeSetUp]
    public async Task AddTenantAsync() =>
        _greedy = await RigTenant.AddAsync(ProductionSetup.Rig.Settings["ConnectionStrings__SdkChat"], "greedy");

    [Test]
    public async Task Profile_GrownByManyMerges_StopsAtTheLimit()
    {
        foreach (var proxy in Proxies())
        {
            using var client = new RigClient(proxy, ProductionSetup.Rig.Certificate);
            var profile = await ProfileAsync(client);
            var statuses = new List<int>();
            for (var merge = 0; merge < Merges; merge++)
                statuses.Add((await PutAsync(client, profile, $"m{merge}")).Status);

            statuses.Should().Equal([200, 200, 200, 200, 413, 413, 413, 413], proxy.Name);
            var reads = await Task.WhenAll(
                Enumerable.Range(0, 40).Select(_ => client.SdkAsync(_greedy, HttpMethod.Get, $"/v1/profile/{profile}")));
            reads.Should().OnlyContain(
                read => read.Status == 200 && read.Body.Length > 4 * MemberBytes && read.Body.Length < 300_000, proxy.Name);
        }
    }

    /// <summary>A lock on the profile's row makes each statement on it wait, so that it keeps its connection.</summary>
    [Test]
    public async Task Documents_ThatWait_LeaveAnotherTenantItsLists()
    {
        foreach (var proxy in Proxies())
        {
            using var client = new RigClient(proxy, ProductionSetup.Rig.Certificate);
            var profile = await ProfileAsync(client);
            await using var operators = new NpgsqlConnection(ProductionSetup.Rig.OwnerConnectionString);
            await operators.OpenAsync();
            await using var transaction = await operators.BeginTransactionAsync();
            await operators.ExecuteAsync(
                "select from sdk_profile where profile_id = @Id for update", new { Id = Guid.Parse(profile) }, transaction);

            var waiting = Enumerable.Range(0, Waiting).Select(number => PutAsync(client, profile, $"m{number % 2}")).ToArray();
            do
                (await client.AdminAsync(ProductionSetup.Rig.Tenants[1], "/api/v1/sdk-chat?size=1")).Status.Should().Be(200, proxy.Name);
            while (waiting.Count(put => put.IsCompleted) < Waiting / 2);
            await transaction.RollbackAsync();

            (await Task.WhenAll(waiting)).Select(answer => answer.Status)
                .Should().OnlyContain(status => status == 200 || status == 503, proxy.Name);
        }
    }

    private static Proxy[] Proxies() => [ProductionSetup.Rig.Nginx, ProductionSetup.Rig.Haproxy];

    private async Task<string> ProfileAsync(RigClient client) =>
        (await client.SdkAsync(_greedy, HttpMethod.Post, "/v1/profile", new { })).Data.GetProperty("profile_id").GetString()!;

    private Task<RigAnswer> PutAsync(RigClient client, string profile, string member) => client.SdkAsync(
        _greedy, HttpMethod.Put, $"/v1/profile/{profile}", new Dictionary<string, string> { [member] = new string('x', MemberBytes) });
}
