using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>Ends this node's streams if its feed has had no answer from the database for longer than the grace period.</summary>
internal sealed partial class FeedWatchdog(
    FeedLiveness liveness, ILiveHub hub, IOptions<LiveOptions> options, TimeProvider clock, ILogger<FeedWatchdog> logger)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!liveness.Tick(options.Value.FeedGraceSeconds))
                continue;

            FeedLost(options.Value.FeedGraceSeconds);
            hub.EndAll(StreamEndReason.FeedLost);
        }
    }

    [LoggerMessage(
        3031, LogLevel.Warning, "The feed has had no answer from the database for {Seconds} s: this node's streams end until it has one")]
    private partial void FeedLost(int seconds);
}
