using SdkChat.Proxies.Tests.Production.Rig;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>A caller who asks for as many header bytes as it can get takes no node from anybody else.</summary>
public sealed class LinkFloodTests
{
    private const int Flood = 60;

    [TestCase(1800)]
    [TestCase(6000)]
    public async Task Links_OfLongRequests_LeaveAnotherTenantsCallsAlone(int length)
    {
        var rig = ProductionSetup.Rig;
        foreach (var proxy in new[] { rig.Nginx, rig.Haproxy })
        {
            using var client = new RigClient(proxy, rig.Certificate);
            var profile = (await client.SdkAsync(rig.Tenants[0], HttpMethod.Post, "/v1/profile", new { })).Data.GetProperty("profile_id")
                .GetString();
            foreach (var prompt in new[] { "One of two pages?", "Two of two pages?" })
                (await client.SdkAsync(rig.Tenants[0], HttpMethod.Post, $"/v1/chat/{profile}/recommend", new { prompt }))
                    .Status.Should().Be(202);
            var path = $"/v1/chat/{profile}/recommend?size=1&page=1&x={new string('x', length)}";

            var flood = Task.WhenAll(Enumerable.Range(0, Flood).Select(_ => client.SdkAsync(rig.Tenants[0], HttpMethod.Get, path)));
            do
                (await client.SdkAsync(rig.Tenants[1], HttpMethod.Get, "/v1/validation")).Status.Should().Be(200, proxy.Name);
            while (!flood.IsCompleted);

            (await flood).Select(answer => answer.Status).Should().OnlyContain(status => status == 200, proxy.Name);
        }
    }
}
