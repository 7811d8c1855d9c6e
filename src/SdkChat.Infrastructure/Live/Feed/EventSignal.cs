using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>Wakes this node's feed at once, and has the others told.</summary>
internal sealed class EventSignal(FeedWakeUp feed, EventNotifier notifier) : IEventSignal
{
    public void EventsCommitted()
    {
        feed.Set();
        notifier.Tell();
    }
}
