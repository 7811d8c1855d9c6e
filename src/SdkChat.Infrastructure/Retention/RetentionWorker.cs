using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;

namespace SdkChat.Infrastructure.Retention;

/// <summary>Has what is too old removed, once an hour, where somebody has said how old that is.</summary>
internal sealed partial class RetentionWorker(
    RetentionPurge purge, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<RetentionWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>A node that restarts again and again should not do so under the load of a purge.</summary>
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Days is not { } days)
            return;

        using var timer = new PeriodicTimer(FirstAfter, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = Interval;
            await TryPurgeAsync(clock.Now() - TimeSpan.FromDays(days), stoppingToken);
        }
    }

    private async Task TryPurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        try
        {
            var report = await purge.RunAsync(before, cancellationToken);
            if (report is not { Chats: 0, Sessions: 0, Profiles: 0 })
                Purged(report.Chats, report.Sessions, report.Profiles, before);
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

    [LoggerMessage(LogLevel.Information, "Retention removed {Chats} chats, {Sessions} sessions and {Profiles} deleted profiles of before {Before:O}")]
    private partial void Purged(int chats, int sessions, int profiles, DateTimeOffset before);

    [LoggerMessage(LogLevel.Error, "Retention could not remove what is too old")]
    private partial void PurgeFailed(Exception exception);
}
