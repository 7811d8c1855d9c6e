namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>Sizes of count blocks by level, from the lowest. They bound how many blocks a query reads.</summary>
/// <param name="Fills">Chats in a block when it is cut.</param>
/// <param name="Caps">Chats that a block may grow to before it is cut.</param>
/// <param name="LargeProfile">From how many chats on a profile has blocks; below, counting them in the index is as cheap.</param>
internal sealed record CountShape(long[] Fills, long[] Caps, long LargeProfile)
{
    public const int Levels = 3;

    /// <summary>The scope of the blocks that count the chats of all tenants.</summary>
    public const string AllTenants = "00000000-0000-0000-0000-000000000000";

    /// <summary>With -infinity, the key below all keys.</summary>
    public const string LowestId = AllTenants;

    /// <summary>
    /// A hundred of a level in one of the next: a billion chats are a walk of some three hundred blocks, and then two of a hundred.
    /// </summary>
    public static CountShape Default { get; } = new([192, 24_576, 3_145_728], [256, 32_768, 4_194_304], LargeProfile: 256);

    public long Fill(int level) => Fills[level - 1];
}
