namespace SdkChat.Application.Live;

/// <summary>Tells the feeds of all nodes that there is something to read.</summary>
public interface IEventSignal
{
    /// <summary>
    /// Call it after a transaction that stored events has committed. Returns at once and never fails: a signal that gets
    /// lost only makes the feeds find the events a poll later.
    /// </summary>
    void EventsCommitted();
}
