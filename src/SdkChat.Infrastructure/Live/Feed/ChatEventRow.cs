using System.Globalization;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// One row of <see cref="EventFeedSql.Read"/>: the position that was reached, and an event if there is one. A probe stores its node as chat
/// and its number as profile.
/// </summary>
/// <param name="Target">The snapshot up to which the outbox is read; the same in every row.</param>
/// <param name="LastXid">The highest transaction whose events the target shows, of any kind; the same in every row.</param>
/// <param name="IsForeign">Whether the rows were written on another server.</param>
/// <param name="IsBehind">Whether the transaction ids of the server are lower than those already read.</param>
/// <param name="PositionExpired">Whether events that the reader has not read may have been removed.</param>
/// <param name="Age">Seconds since the event was stored, by the database's clock.</param>
/// <param name="Waiting">How many events there are, those of this page and at most one more.</param>
internal sealed record ChatEventRow(
    string Target, string LastXid, Guid Epoch, bool IsForeign, bool IsBehind, bool PositionExpired, long? EventId, string? Xid,
    Guid TenantId, Guid ChatId, Guid ProfileId, string? Kind, byte[]? NotificationItems, string? LastError, string? Traceparent,
    double? Age, long? Waiting)
{
    /// <summary>Whether <paramref name="place"/> is a position in another database.</summary>
    public bool IsAnotherDatabase(FeedPosition place) => IsForeign || IsBehind || Epoch != place.Epoch;

    public FeedItem ToItem(DateTimeOffset now)
    {
        var storedAt = Age is { } age ? now - TimeSpan.FromSeconds(age) : (DateTimeOffset?)null;
        return Kind == ChatEventKinds.DeliveryProbe
            ? new StoredProbe(Transaction, new ProbeMessage(ChatId, ProfileId)) { StoredAt = storedAt }
            : new CommittedEvent(Transaction, ToEvent()) { StoredAt = storedAt, Traceparent = Traceparent };
    }

    public ulong Transaction => ulong.Parse(Xid!, CultureInfo.InvariantCulture);

    private IDomainEvent ToEvent()
    {
        var (tenant, chat, profile) = (new TenantId(TenantId), new ChatId(ChatId), new ProfileId(ProfileId));
        return Kind switch
        {
            ChatEventKinds.ChatStarted => new ChatStarted(tenant, chat, profile),
            ChatEventKinds.ChatFailed => new ChatFailed(tenant, chat, profile, LastError),
            ChatEventKinds.ChatEnded => new ChatEnded(tenant, chat, profile),
            ChatEventKinds.ChatCompleted => new ChatCompleted(tenant, chat, profile),
            ChatEventKinds.BacklistTriggered => new BacklistTriggered(tenant, chat, profile, new RawJson(NotificationItems)),
            _ => throw new InvalidOperationException($"Event {EventId} has the unknown kind '{Kind}'."),
        };
    }
}
