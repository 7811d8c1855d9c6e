using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Chats.Idempotency;

/// <summary>Forgets expired wishes, now and then, on whichever node comes first.</summary>
internal sealed partial class WishPurge(WishRecords wishes, TimeProvider clock, ILogger<WishPurge> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await wishes.PurgeAsync(stoppingToken);
            }
            catch (UnavailableException)
            {
                // Said elsewhere; the next round finds what this one has left.
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                PurgeFailed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Purging expired idempotency keys failed")]
    private partial void PurgeFailed(Exception exception);
}
