using SdkChat.Api.Authentication;
using SdkChat.Api.Authentication.Keys;
using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>Ends the streams of tokens whose key the issuer publishes no longer. The document is read for that alone too: open streams ask for nothing.</summary>
internal sealed partial class WithdrawnKeyWatch(
    IServiceProvider services, ILiveStreams streams, TimeProvider clock, ILogger<WithdrawnKeyWatch> logger) : BackgroundService
{
    /// <summary>With the few seconds that reading may take, a withdrawn key's streams end within a minute.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        // Not asked for earlier: wrong settings of the keys are the start's to report, all at once.
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var keys = services.GetRequiredKeyedService<SigningKeys>(Schemes.Tenant);
            try
            {
                await keys.RefreshAsync();
                streams.EndWithdrawn(keys.IsWithdrawn);
            }
            catch (Exception exception)
            {
                // One bad look must not end the watch.
                LookFailed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Looking for withdrawn signing keys failed")]
    private partial void LookFailed(Exception exception);
}
