using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>Passes events to the streams of a tenant whose filter accepts them, at once or as a batch.</summary>
internal sealed class SsePublisher(SubscriberGroups groups, LiveMetrics metrics)
{
    /// <summary>
    /// How many streams are prefetched before the first of them gets its frame. With thousands of streams none is in the processor's cache,
    /// and the processor loads no more than about this many at once. Without it a delivery costs 6 % more at 1,000 readers
    /// (docs/decisions/0046).
    /// </summary>
    private const int PrefetchBatchSize = 16;

    private readonly Lock _gate = new();

    private EventBatch? _batch;

    public void BeginBatch()
    {
        lock (_gate)
            _batch ??= new EventBatch();
    }

    /// <summary>Sends the batch, also to streams that were opened since its beginning.</summary>
    public void Flush()
    {
        EventBatch? batch;
        lock (_gate)
            (batch, _batch) = (_batch, null);
        foreach (var (tenant, events) in batch?.Pieces() ?? [])
        {
            if (events is [var single])
                Send(tenant, single);
            else
                Send(tenant, events);
        }
    }

    public void Publish(TenantId tenant, PublishedEvent published)
    {
        lock (_gate)
        {
            if (_batch is { } batch)
            {
                batch.Add(tenant, published);
                return;
            }
        }

        Send(tenant, published);
    }

    /// <summary>Sends a probe to the node's own stream, outside any batch.</summary>
    public void Publish(SseFrame probe)
    {
        foreach (var subscriber in groups.Get(ProbeMessage.Tenant))
            subscriber.Offer(probe);
    }

    private void Send(TenantId tenant, PublishedEvent published)
    {
        var group = groups.Get(tenant);
        var accepted = 0;
        for (var start = 0; start < group.Length; start += PrefetchBatchSize)
        {
            var next = Prefetch(group, start);
            foreach (var subscriber in next)
            {
                if (subscriber.Filter.Accepts(published.Kind, published.Profile) && subscriber.Offer(published.Frame))
                    accepted++;
            }
        }

        Count(group, accepted);
    }

    private void Send(TenantId tenant, PublishedEvent[] events)
    {
        var group = groups.Get(tenant);
        var selections = new Selections(events);
        var accepted = 0;
        for (var start = 0; start < group.Length; start += PrefetchBatchSize)
        {
            var next = Prefetch(group, start);
            foreach (var subscriber in next)
            {
                if (selections.Get(subscriber.Filter) is { Frames.Length: > 0 } selection)
                    accepted += subscriber.Offer(selection.Frames, selection.Joined);
            }
        }

        Count(group, accepted);
    }

    private static ReadOnlySpan<SseSubscriber> Prefetch(SseSubscriber[] group, int start)
    {
        var next = group.AsSpan(start, Math.Min(PrefetchBatchSize, group.Length - start));
        foreach (var subscriber in next)
            subscriber.Prefetch();
        return next;
    }

    private void Count(SseSubscriber[] group, int accepted)
    {
        if (group.Length > 0)
            metrics.EventDelivered(accepted);
    }

    /// <summary>The frames of a piece for each filter, joined once. Almost always all streams of a tenant have the same filter.</summary>
    private sealed class Selections(PublishedEvent[] events)
    {
        private (StreamFilter Filter, Selection Selection)? _last;
        private Dictionary<StreamFilter, Selection>? _all;

        public Selection Get(StreamFilter filter)
        {
            if (_last is { } last && last.Filter == filter)
                return last.Selection;

            _all ??= [];
            if (!_all.TryGetValue(filter, out var selection))
                _all.Add(filter, selection = Select(filter));
            _last = (filter, selection);
            return selection;
        }

        private Selection Select(StreamFilter filter)
        {
            SseFrame[] frames = [.. events.Where(published => filter.Accepts(published.Kind, published.Profile))
                .Select(published => published.Frame)];
            return new Selection(frames, frames.Length == 0 ? default : SseFrame.Join(frames));
        }
    }

    private sealed record Selection(SseFrame[] Frames, SseFrame Joined);
}
