using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Profiles;

namespace SdkChat.Infrastructure.Chats;

/// <summary>One row of a list statement. In the row of an empty page, everything after <see cref="IsLowerBound"/> is null.</summary>
internal sealed class ChatListRow
{
    public long Total { get; init; }

    public long Skipped { get; init; }

    /// <summary>Only in a search: whether counting was cut off at <see cref="Total"/>.</summary>
    public bool IsLowerBound { get; init; }

    public Guid? ChatId { get; init; }

    public Guid TenantId { get; init; }

    public Guid ProfileId { get; init; }

    public string Prompt { get; init; } = "";

    public string Status { get; init; } = "";

    public string? LastError { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    public string? Name { get; init; }

    public string? Gender { get; init; }

    public string? Age { get; init; }

    public string? Locale { get; init; }

    /// <summary>The items of the page in list order; none for the row of an empty page.</summary>
    public static ChatListItem[] ToItems(IReadOnlyList<ChatListRow> rows)
    {
        if (rows[0].ChatId is null)
            return [];

        var items = new ChatListItem[rows.Count];
        for (var n = 0; n < items.Length; n++)
            items[n] = rows[n].ToItem();
        Array.Sort(items, static (one, other) => ChatKey.Compare(one.Key, other.Key));
        return items;
    }

    private ChatListItem ToItem() => new()
    {
        Tenant = new TenantId(TenantId),
        Chat = new ChatId(ChatId!.Value),
        Profile = new ProfileId(ProfileId),
        ProfileSummary = ProfileSummaryReader.Read(Name, Gender, Age, Locale),
        Prompt = Prompt,
        Status = ChatStatusNames.Parse(Status),
        LastError = LastError,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        EndedAt = EndedAt,
    };
}
