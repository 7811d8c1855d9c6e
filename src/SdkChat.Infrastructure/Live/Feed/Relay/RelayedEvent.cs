using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>An event or a probe in a message of the relay. A probe stores its node as chat and its number as profile.</summary>
/// <param name="Items">The notification items of a <c>backlist_triggered</c>, to the byte; else null.</param>
internal sealed record RelayedEvent(ulong Xid, Guid Tenant, Guid Chat, Guid Profile, string Kind, byte[]? Items)
{
    /// <summary>By the clock of the relaying node, so the clocks of the nodes must agree.</summary>
    public DateTimeOffset? StoredAt { get; init; }

    public string? Traceparent { get; init; }

    public static RelayedEvent From(FeedItem item) => item switch
    {
        StoredProbe { Probe: var probe } =>
            new(item.Xid, item.Tenant.Value, probe.Node, probe.Number, ChatEventKinds.DeliveryProbe, null) { StoredAt = item.StoredAt },
        CommittedEvent { Event: var happened } committed =>
            new(item.Xid, item.Tenant.Value, happened.Chat.Value, happened.Profile.Value, ChatEventKinds.Get(happened), ItemsOf(happened))
            {
                StoredAt = item.StoredAt, Traceparent = committed.Traceparent,
            },
        _ => throw new ArgumentOutOfRangeException(nameof(item), item, "The relay has no message for this item."),
    };

    public FeedItem ToItem() => Kind == ChatEventKinds.DeliveryProbe
        ? new StoredProbe(Xid, new ProbeMessage(Chat, Profile)) { StoredAt = StoredAt }
        : new CommittedEvent(Xid, ToEvent(
            new TenantId(Tenant), new ChatId(Chat), new ProfileId(Profile))) { StoredAt = StoredAt, Traceparent = Traceparent };

    private IDomainEvent ToEvent(TenantId tenant, ChatId chat, ProfileId profile) => Kind switch
    {
        ChatEventKinds.ChatCompleted => new ChatCompleted(tenant, chat, profile),
        ChatEventKinds.BacklistTriggered => new BacklistTriggered(tenant, chat, profile, new RawJson(Items)),
        _ => throw new InvalidOperationException($"A relayed event has the unknown kind '{Kind}'."),
    };

    private static byte[]? ItemsOf(IDomainEvent happened) => ChatEventKinds.ItemsOf(happened)?.Utf8.ToArray();
}
