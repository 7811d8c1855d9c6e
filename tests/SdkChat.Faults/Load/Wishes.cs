using System.Collections.Concurrent;

namespace SdkChat.Faults.Load;

/// <summary>What shoppers wished for, and what they were promised.</summary>
internal sealed class Wishes
{
    /// <summary>Kickoffs by wish: the chat that was accepted.</summary>
    public ConcurrentDictionary<string, Guid> Chats { get; } = new();

    /// <summary>Accepted triggers by wish: their chat.</summary>
    public ConcurrentDictionary<string, Guid> Triggers { get; } = new();

    /// <summary>Retries that were answered with something else than the first answer.</summary>
    public ConcurrentQueue<string> Contradictions { get; } = new();
}
