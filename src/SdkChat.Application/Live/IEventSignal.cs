namespace SdkChat.Application.Live;

/// <summary>Wakes the change feeds after a commit.</summary>
public interface IEventSignal
{
    /// <summary>
    /// Call it after a transaction that stored events has committed. Returns at once and never throws: if a signal is lost, the feeds find
    /// the events with their next poll. Kinds outside <see cref="LiveEvents.Default"/> wake this node's feed only if a stream here carries
    /// them; the feeds of other nodes poll for them while such a stream is open there (docs/decisions/0037).
    /// </summary>
    void EventsCommitted(LiveEvents kinds = LiveEvents.Default);
}
