using Microsoft.Extensions.Logging;

namespace SdkChat.Infrastructure.Workers;

/// <summary>Works once per interval. A round that takes longer delays the next one; rounds never overlap.</summary>
/// <param name="firstAfter">Time before the first round; null for one interval.</param>
internal abstract class PeriodicWorker(TimeSpan interval, TimeProvider clock, ILogger logger, TimeSpan? firstAfter = null) : BackgroundWorker(logger)
{
    protected TimeProvider Clock { get; } = clock;

    protected abstract Task RunAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(firstAfter ?? interval, Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (timer.Period != interval)
                timer.Period = interval;
            await TryAsync(RunAsync, stoppingToken);
        }
    }
}
