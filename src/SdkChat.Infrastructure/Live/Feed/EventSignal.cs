using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>Wakes this node's feed and notifies the other nodes, if the events are of a kind that every feed reads.</summary>
internal sealed class EventSignal(FeedSchedule schedule, EventNotifier notifier, ISubscribedTenants subscribed) : IEventSignal
{
    public void EventsCommitted(LiveEvents kinds = LiveEvents.Default)
    {
        if ((kinds & subscribed.SubscribedKinds) != 0)
            schedule.Set();
        if ((kinds & LiveEvents.Default) != 0)
            notifier.Notify();
    }
}
