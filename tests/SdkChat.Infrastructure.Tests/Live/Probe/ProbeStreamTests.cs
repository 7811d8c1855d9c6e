using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.Infrastructure.Live.Probe;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Probe;

public sealed class ProbeStreamTests
{
    [Test]
    public async Task Stream_OfTheProbesThatEnds_IsOpenedAgain()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var api = await TestApi.StartAsync(
            database.ConnectionString, new Dictionary<string, string?> { ["Live:ProbeSeconds"] = "0.2" });
        var (hub, status) = (api.Services.GetRequiredService<SseHub>(), api.Services.GetRequiredService<ProbeStatus>());
        await Eventually.TrueAsync(() => Task.FromResult(hub.SubscribedTenants.Contains(ProbeMessage.Tenant)));

        // As one that is too slow for its own probes ends.
        hub.EndAll(ProbeMessage.Tenant, StreamEndReason.TooSlow);
        await Eventually.TrueAsync(() => Task.FromResult(hub.SubscribedTenants.Contains(ProbeMessage.Tenant)));

        status.RecordFailure();
        await Eventually.TrueAsync(() => Task.FromResult(status.Missing == 0));
    }
}
