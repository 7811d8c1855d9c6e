using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>Hands frames to all streams of a tenant, at once or as a batch.</summary>
internal sealed class SsePublisher(SubscriberGroups groups, LiveMetrics metrics)
{
    /// <summary>
    /// Streams that are prefetched together before the first of them gets its frame. With thousands of streams none is in the
    /// processor's cache, and the processor loads no more than about this many at once.
    /// </summary>
    private const int PrefetchBatchSize = 16;

    private readonly Lock _gate = new();

    private FrameBatch? _batch;

    public void BeginBatch()
    {
        lock (_gate)
            _batch ??= new FrameBatch();
    }

    /// <summary>Sends the batch. Streams that were opened since its beginning get it too.</summary>
    public void Flush()
    {
        FrameBatch? batch;
        lock (_gate)
            (batch, _batch) = (_batch, null);
        foreach (var (tenant, frames) in batch?.Pieces() ?? [])
            Send(groups.Get(tenant), frames);
    }

    public void Publish(TenantId tenant, SseFrame frame)
    {
        lock (_gate)
        {
            if (_batch is { } batch)
            {
                batch.Add(tenant, frame);
                return;
            }
        }

        Send(groups.Get(tenant), [frame]);
    }

    private void Send(SseSubscriber[] group, SseFrame[] frames)
    {
        var taken = 0;
        var isSingle = frames.Length == 1;
        var all = isSingle ? frames[0] : SseFrame.Join(frames);
        for (var start = 0; start < group.Length; start += PrefetchBatchSize)
        {
            var next = group.AsSpan(start, Math.Min(PrefetchBatchSize, group.Length - start));
            foreach (var subscriber in next)
                subscriber.Prefetch();
            foreach (var subscriber in next)
                taken += isSingle ? Convert.ToInt32(subscriber.Offer(all)) : subscriber.Offer(frames, all);
        }

        if (group.Length > 0 && group[0].Tenant != ProbeMessage.Tenant)
            metrics.EventDelivered(taken);
    }
}
