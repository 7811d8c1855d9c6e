using Microsoft.Extensions.Logging;

namespace SdkChat.Infrastructure.Workers;

/// <summary>Works once per interval. A round that takes longer delays the next one; rounds never overlap.</summary>
/// <param name="firstAfter">Time before the first round: zero for at once, null for one interval.</param>
internal abstract class PeriodicWorker(TimeSpan interval, TimeProvider clock, ILogger logger, TimeSpan? firstAfter = null)
    : BackgroundWorker(logger)
{
    protected TimeProvider Clock { get; } = clock;

    protected abstract Task RunAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var first = firstAfter ?? interval;
        if (first == TimeSpan.Zero)
            await TryAsync(RunAsync, stoppingToken);

        using var timer = new PeriodicTimer(first == TimeSpan.Zero ? interval : first, Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (timer.Period != interval)
                timer.Period = interval;
            await TryAsync(RunAsync, stoppingToken);
        }
    }
}
