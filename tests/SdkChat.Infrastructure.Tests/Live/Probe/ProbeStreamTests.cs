using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Live.Hub;
using SdkChat.Infrastructure.Live.Probe;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Probe;

public sealed class ProbeStreamTests
{
    [Test]
    public async Task Stream_OfTheProbesThatEnds_IsOpenedAgain()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var api = await TestApi.StartAsync(database.ConnectionString, new Dictionary<string, string?> { ["Live:ProbeSeconds"] = "0.2" });
        var (hub, pulse) = (api.Services.GetRequiredService<SseHub>(), api.Services.GetRequiredService<ProbePulse>());
        await Eventually.TrueAsync(() => Task.FromResult(hub.Watched.Contains(ProbeSent.Nobody)));

        // As one that is too slow for its own probes ends.
        hub.EndAll(ProbeSent.Nobody, StreamEndReason.TooSlow);
        await Eventually.TrueAsync(() => Task.FromResult(hub.Watched.Contains(ProbeSent.Nobody)));

        pulse.Missed();
        await Eventually.TrueAsync(() => Task.FromResult(pulse.Missing == 0));
    }
}
