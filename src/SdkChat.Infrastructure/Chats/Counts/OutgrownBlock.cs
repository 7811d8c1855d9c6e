namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>A block that has become too large for its level.</summary>
internal sealed class OutgrownBlock
{
    public string Kind { get; init; } = "";

    public Guid Scope { get; init; }

    public short Level { get; init; }

    /// <summary>As PostgreSQL writes it, since it may be -infinity.</summary>
    public string LowerAt { get; init; } = "";

    public Guid LowerId { get; init; }
}
