using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>What happened to a chat (contract, section 8.2).</summary>
/// <param name="Tenant">The tenant that the chat belongs to.</param>
/// <param name="Entries">Oldest first.</param>
/// <param name="OmittedTriggers">The number of older triggers that are not in <paramref name="Entries"/>; 0 for almost all chats.</param>
public sealed record ChatTimeline(TenantId Tenant, IReadOnlyList<TimelineEntry> Entries, long OmittedTriggers);

/// <summary>One entry of a chat's timeline.</summary>
public sealed record TimelineEntry(DateTimeOffset At, TimelineEntryType Type)
{
    /// <summary>The stamp of a <see cref="TimelineEntryType.Stamped"/> entry; else null.</summary>
    public string? Status { get; init; }

    /// <summary>
    /// The object of a <see cref="TimelineEntryType.Stamped"/> entry, unchanged to the byte; null if it has none, and for other entries.
    /// </summary>
    public RawJson? Meta { get; init; }

    /// <summary>The error of a <see cref="TimelineEntryType.Failed"/> entry; else null.</summary>
    public string? LastError { get; init; }

    /// <summary>The items of a <see cref="TimelineEntryType.BacklistTriggered"/> entry, unchanged to the byte; else null.</summary>
    public RawJson? NotificationItems { get; init; }
}

/// <summary>Types of timeline entries. Entries of the same instant are sorted in this order.</summary>
public enum TimelineEntryType
{
    Started,

    /// <summary>The app set a stamp on the session in which the chat was started.</summary>
    Stamped,

    Completed,

    Failed,

    BacklistTriggered,

    /// <summary>The shopper ended the chat, whatever its status.</summary>
    Ended,
}
