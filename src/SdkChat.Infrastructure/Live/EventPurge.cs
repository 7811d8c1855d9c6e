using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live;

/// <summary>Removes events that every node has read long ago. Any number of nodes may do it at once.</summary>
internal sealed partial class EventPurge(Database database, IOptions<LiveOptions> options, TimeProvider clock, ILogger<EventPurge> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await database.ExecuteAsync(EventSql.Purge, new { seconds = (double)options.Value.KeepEventsSeconds }, stoppingToken);
            }
            catch (UnavailableException exception)
            {
                PurgeFailed(exception.InnerException?.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Old events could not be removed; the next round tries again: {Reason}")]
    private partial void PurgeFailed(string? reason);
}
