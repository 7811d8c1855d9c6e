using Microsoft.Extensions.Options;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure.Live.Waits;

/// <summary>
/// The watches of this node by chat, within the limits. While there is one, the feed reads every kind of event that changes a chat.
/// </summary>
internal sealed class ChatWatches : IChatWatches, IDirectoryListener
{
    private const LiveEvents Changes = LiveEvents.All & ~LiveEvents.ChatStarted;

    private readonly Lock _gate = new();
    private readonly Dictionary<(TenantId, ChatId), List<ChatWatch>> _watches = [];
    private readonly Dictionary<TenantId, int> _tenants = [];
    private readonly LiveOptions _options;
    private readonly FeedLiveness _feed;
    private readonly TimeProvider _clock;

    private int _count;
    private bool _isClosed;

    public ChatWatches(IOptions<LiveOptions> options, FeedLiveness feed, LiveMetrics metrics, TimeProvider clock)
    {
        (_options, _feed, _clock) = (options.Value, feed, clock);
        metrics.AskWaits(() => Count);
    }

    /// <summary>Raised when a watch begins, before it is returned.</summary>
    public event Action? Began;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The kinds of events that the feed must read for the watches.</summary>
    public LiveEvents Kinds => Count == 0 ? LiveEvents.None : Changes;

    public IChatWatch? TryWatch(TenantId tenant, ChatId chat)
    {
        var watch = new ChatWatch(tenant, chat, _clock, Remove);
        if (!TryAdd(watch))
            return null;

        Began?.Invoke();
        // Checked now that events are signalled: EndAll may have run just before.
        if (_feed.IsHealthy)
            return watch;

        watch.Dispose();
        return null;
    }

    public void ChatChanged(TenantId tenant, ChatId chat)
    {
        if (Count == 0)
            return;

        lock (_gate)
        {
            if (_watches.TryGetValue((tenant, chat), out var watches))
                watches.ForEach(watch => watch.Signal(ChatSignals.Changed));
        }
    }

    public void DirectoryChanged() => SignalAll(ChatSignals.AccessChanged, tenant: null);

    /// <summary>Ends all watches: changes may have been missed.</summary>
    public void EndAll() => SignalAll(ChatSignals.Ended, tenant: null);

    /// <summary>Ends the tenant's watches.</summary>
    public void EndAll(TenantId tenant) => SignalAll(ChatSignals.Ended, tenant);

    /// <summary>Ends all watches, and allows no new ones.</summary>
    public void Close()
    {
        lock (_gate)
            _isClosed = true;
        EndAll();
    }

    /// <param name="tenant">Null for all tenants.</param>
    private void SignalAll(ChatSignals signals, TenantId? tenant)
    {
        lock (_gate)
        {
            foreach (var watch in _watches.Values.SelectMany(watches => watches).Where(watch => tenant is null || watch.Tenant == tenant))
                watch.Signal(signals);
        }
    }

    private bool TryAdd(ChatWatch watch)
    {
        lock (_gate)
        {
            var ofTenant = _tenants.GetValueOrDefault(watch.Tenant);
            if (_isClosed || _count >= _options.MaxWaits || ofTenant >= _options.MaxWaitsPerTenant)
                return false;

            if (!_watches.TryGetValue((watch.Tenant, watch.Chat), out var watches))
                _watches.Add((watch.Tenant, watch.Chat), watches = []);
            watches.Add(watch);
            _tenants[watch.Tenant] = ofTenant + 1;
            Volatile.Write(ref _count, _count + 1);
            return true;
        }
    }

    private void Remove(ChatWatch watch)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue((watch.Tenant, watch.Chat), out var watches) || !watches.Remove(watch))
                return;

            if (watches.Count == 0)
                _watches.Remove((watch.Tenant, watch.Chat));
            if (--_tenants[watch.Tenant] == 0)
                _tenants.Remove(watch.Tenant);
            Volatile.Write(ref _count, _count - 1);
        }
    }
}
