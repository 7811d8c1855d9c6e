namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>What the counts do not have yet, or have in another class; see <see cref="CountSql.Pending"/>.</summary>
internal sealed class PendingChats
{
    /// <summary>More chats than this, and more than a twentieth of all, are counted faster with all the rest.</summary>
    private const int Short = 10_000;

    /// <summary>PostgreSQL keeps the chats in memory while they are added, up to 300 bytes each.</summary>
    private const int Most = 1_000_000;

    public long Chats { get; init; }

    /// <summary>There is a tenant without blocks, or there are no blocks at all.</summary>
    public bool HasNewLists { get; init; }

    /// <summary>A profile without blocks has become large enough for them.</summary>
    public bool HasGrownProfiles { get; init; }

    /// <param name="counted">Chats that are counted.</param>
    public bool IsLong(long counted) => (Chats > Short && Chats > counted / 20) || Chats > Most;
}
