using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Chats.Idempotency;

/// <summary>Deletes expired idempotency records. Every node runs it.</summary>
internal sealed class IdempotencyPurge(IdempotencyRecords records, TimeProvider clock, ILogger<IdempotencyPurge> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override string Work => "Purge of expired idempotency keys";

    protected override Task RunAsync(CancellationToken cancellationToken) => records.PurgeAsync(cancellationToken);
}
