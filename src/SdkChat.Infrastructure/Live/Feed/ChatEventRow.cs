using System.Globalization;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Live.Probe;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>One line of <see cref="ChatEventSql.Read"/>: where the reading got to, and an event where there is one.</summary>
/// <param name="Target">The snapshot up to which is being read; the same on every line.</param>
/// <param name="IsForeign">Whether the rows were written on another server.</param>
/// <param name="IsBehind">Whether the server has not come to what was read.</param>
/// <param name="PlaceGone">Whether events that the reader has not read may have been removed.</param>
/// <param name="Age">Seconds since it was stored, by the database's own clock.</param>
/// <param name="Waiting">How many events there were, this page's and at most one more.</param>
internal sealed record ChatEventRow(
    string Target, Guid Epoch, bool IsForeign, bool IsBehind, bool PlaceGone, long? EventId, string? Xid, Guid TenantId, Guid ChatId, Guid ProfileId,
    string? Kind, byte[]? NotificationItems, string? Traceparent, double? Age, long? Waiting)
{
    /// <summary>Whether the database is not the one that <paramref name="place"/> was taken in.</summary>
    public bool IsAnotherDatabase(FeedPlace place) => IsForeign || IsBehind || Epoch != place.Epoch;

    public CommittedEvent ToCommitted(DateTimeOffset now) => new(Transaction, ToEvent())
    {
        StoredAt = Age is { } age ? now - TimeSpan.FromSeconds(age) : null,
        Traceparent = Traceparent,
    };

    public ulong Transaction => ulong.Parse(Xid!, CultureInfo.InvariantCulture);

    private IDomainEvent ToEvent()
    {
        var (tenant, chat, profile) = (new TenantId(TenantId), new ChatId(ChatId), new ProfileId(ProfileId));
        return Kind switch
        {
            ChatEventKinds.ChatCompleted => new ChatCompleted(tenant, chat, profile),
            ChatEventKinds.BacklistTriggered => new BacklistTriggered(tenant, chat, profile, new RawJson(NotificationItems)),
            ChatEventKinds.DeliveryProbe => new ProbeSent(chat, profile),
            _ => throw new InvalidOperationException($"Event {EventId} is of the unknown kind '{Kind}'."),
        };
    }
}
