using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Live.Hub;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>Ends this node's streams when its feed has been without an answer for longer than the grace.</summary>
internal sealed partial class FeedWatch(FeedPulse pulse, SseHub hub, IOptions<LiveOptions> options, TimeProvider clock, ILogger<FeedWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!pulse.Tick(options.Value.FeedGraceSeconds))
                continue;

            FeedLost(options.Value.FeedGraceSeconds);
            hub.EndAll(StreamEndReason.FeedLost);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The feed has had no answer for {Seconds} s: streams end until it has")]
    private partial void FeedLost(int seconds);
}
