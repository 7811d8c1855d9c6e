using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live;

/// <summary>One row of <see cref="EventSql.ReadSince"/>. Everything after <see cref="IsBehind"/> is null when nothing is new.</summary>
internal sealed class EventRow
{
    public string Snapshot { get; init; } = "";

    public bool IsBehind { get; init; }

    public long? EventId { get; init; }

    public string Kind { get; init; } = "";

    public Guid TenantId { get; init; }

    public Guid ChatId { get; init; }

    public Guid ProfileId { get; init; }

    public byte[]? NotificationItems { get; init; }

    /// <summary>The event as it was raised.</summary>
    public IDomainEvent ToEvent()
    {
        var (tenant, chat, profile) = (new TenantId(TenantId), new ChatId(ChatId), new ProfileId(ProfileId));
        return Kind switch
        {
            "chat_completed" => new ChatCompleted(tenant, chat, profile),
            "backlist_triggered" => new BacklistTriggered(tenant, chat, profile, new RawJson(NotificationItems)),
            _ => throw new InvalidOperationException($"The feed does not read events of kind {Kind}."),
        };
    }
}
