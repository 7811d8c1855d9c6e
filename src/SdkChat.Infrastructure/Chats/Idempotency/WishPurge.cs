using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Chats.Idempotency;

/// <summary>Deletes expired idempotency records. Every node does so; one that comes later finds nothing.</summary>
internal sealed class WishPurge(WishRecords wishes, TimeProvider clock, ILogger<WishPurge> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override string Work => "Purge of expired idempotency keys";

    protected override Task RunAsync(CancellationToken cancellationToken) => wishes.PurgeAsync(cancellationToken);
}
