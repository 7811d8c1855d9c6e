namespace SdkChat.Api.Live;

/// <summary>
/// Checks the open streams of this node at an interval. A failed check does not end the monitor; the next one repeats it.
/// </summary>
internal abstract class StreamMonitor(TimeSpan interval, TimeProvider clock) : BackgroundService
{
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CheckAsync(stoppingToken);
            }
            // Also a cancellation that is not the node's stop: it would end the whole service.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Report(exception);
            }
        }
    }

    protected abstract Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Logs why a check failed.</summary>
    protected abstract void Report(Exception failure);
}
