using System.Collections.Concurrent;

namespace SdkChat.Faults.Load;

/// <summary>What the service has accepted from shoppers.</summary>
internal sealed class AcceptedWrites
{
    /// <summary>Kickoffs by write: the chat that was accepted.</summary>
    public ConcurrentDictionary<string, Guid> Chats { get; } = new();

    /// <summary>Accepted triggers by write: their chat.</summary>
    public ConcurrentDictionary<string, Guid> Triggers { get; } = new();

    /// <summary>Retries that were answered with something else than the first answer.</summary>
    public ConcurrentQueue<string> Contradictions { get; } = new();
}
