using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Live.Probe;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>An event on its way through the relay.</summary>
/// <param name="Items">The notification items of a <c>backlist_triggered</c>, to the byte; else null.</param>
internal sealed record RelayedEvent(ulong Xid, Guid Tenant, Guid Chat, Guid Profile, string Kind, byte[]? Items)
{
    /// <summary>By the relay's clock: across a relay the clocks of nodes matter after all.</summary>
    public DateTimeOffset? StoredAt { get; init; }

    public string? Traceparent { get; init; }

    public static RelayedEvent Of(CommittedEvent committed) => committed.Event switch
    {
        ChatCompleted completed => From(committed, completed.Profile, ChatEventKinds.ChatCompleted, null),
        BacklistTriggered triggered => From(committed, triggered.Profile, ChatEventKinds.BacklistTriggered, triggered.NotificationItems.Utf8.ToArray()),
        ProbeSent probe => From(committed, probe.Profile, ChatEventKinds.DeliveryProbe, null),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is not on the wire."),
    };

    public CommittedEvent ToCommitted() => new(Xid, Kind switch
    {
        ChatEventKinds.ChatCompleted => new ChatCompleted(new TenantId(Tenant), new ChatId(Chat), new ProfileId(Profile)),
        ChatEventKinds.BacklistTriggered => new BacklistTriggered(new TenantId(Tenant), new ChatId(Chat), new ProfileId(Profile), new RawJson(Items)),
        ChatEventKinds.DeliveryProbe => new ProbeSent(new ChatId(Chat), new ProfileId(Profile)),
        _ => throw new InvalidOperationException($"A relayed event is of the unknown kind '{Kind}'."),
    })
    {
        StoredAt = StoredAt,
        Traceparent = Traceparent,
    };

    private static RelayedEvent From(CommittedEvent committed, ProfileId profile, string kind, byte[]? items) =>
        new(committed.Xid, committed.Event.Tenant.Value, committed.Event.Chat.Value, profile.Value, kind, items)
        {
            StoredAt = committed.StoredAt,
            Traceparent = committed.Traceparent,
        };
}
