namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>What the counts do not have yet, or have in another class; see <see cref="CountSql.Pending"/>.</summary>
internal sealed class PendingChats
{
    public long Chats { get; init; }

    /// <summary>There is a tenant without blocks.</summary>
    public bool HasNewLists { get; init; }

    /// <summary>A profile without blocks has become large enough for them.</summary>
    public bool HasGrownProfiles { get; init; }
}
