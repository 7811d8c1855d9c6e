using SdkChat.Application.Auditing;

namespace SdkChat.Api.Auditing;

/// <summary>A read of the tenant's data by a super admin, or a change.</summary>
public sealed class AccessEntryResponse
{
    /// <summary>When the call was made; for several reads, the first.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the last of the reads was made.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>How many reads the entry stands for: those of one page by one person within an hour are one entry.</summary>
    public required int Count { get; init; }

    /// <summary>The action, such as <c>list_chats</c> or <c>read_chat</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The chat that was read; null for anything else.</summary>
    public required Guid? ChatId { get; init; }

    /// <summary>The profile that was read or erased, or whose chats were listed; null for anything else.</summary>
    public required Guid? ProfileId { get; init; }

    /// <summary>Whether the list was across all tenants. It may have shown some of this tenant's rows.</summary>
    public required bool AllTenants { get; init; }

    internal static AccessEntryResponse From(AccessEntry entry) => new()
    {
        At = entry.At,
        LastAt = entry.LastAt,
        Count = entry.Count,
        Action = entry.Action,
        ChatId = entry.TargetKind == "chat" ? entry.Target : null,
        ProfileId = entry.TargetKind == "profile" ? entry.Target : null,
        AllTenants = entry.IsAllTenants,
    };
}
