using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>Wakes this node's feed at once and notifies the other nodes.</summary>
internal sealed class EventSignal(FeedSchedule schedule, EventNotifier notifier) : IEventSignal
{
    public void EventsCommitted()
    {
        schedule.Set();
        notifier.Notify();
    }
}
