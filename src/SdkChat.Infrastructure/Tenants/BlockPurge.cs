using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>Removes blocks that ended some days ago, once an hour.</summary>
internal sealed partial class BlockPurge(Database database, TimeProvider clock, ILogger<BlockPurge> logger) : BackgroundService
{
    /// <summary>How long a block that has ended is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await database.ExecuteAsync(BlockSql.Purge, new { before = clock.Now() - KeptFor }, stoppingToken);
            }
            catch (UnavailableException)
            {
                // Logged elsewhere; the next round removes them.
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                PurgeFailed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Removing blocks that have ended failed")]
    private partial void PurgeFailed(Exception exception);
}
