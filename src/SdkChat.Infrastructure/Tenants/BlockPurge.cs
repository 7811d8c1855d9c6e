using Microsoft.Extensions.Logging;
using SdkChat.Domain.Common;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>Removes blocks that ended some days ago, once an hour.</summary>
internal sealed class BlockPurge(Database database, TimeProvider clock, ILogger<BlockPurge> logger)
    : PeriodicWorker(TimeSpan.FromHours(1), clock, logger)
{
    /// <summary>How long a block that has ended is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    protected override string Work => "Purge of blocks that have ended";

    protected override Task RunAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync(BlockSql.Purge, new { before = Clock.Now() - KeptFor }, cancellationToken);
}
