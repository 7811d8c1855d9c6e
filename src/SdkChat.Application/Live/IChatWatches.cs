using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>Signals a change of a chat, on any node, to the requests of this node that wait for it.</summary>
public interface IChatWatches
{
    /// <summary>Begins to watch a chat: every change that commits from now on is signalled. Dispose of the watch to end it.</summary>
    /// <returns>
    /// Null if the tenant or the node has reached its limit of watches, if the node is stopping, or if its feed may have missed events.
    /// </returns>
    IChatWatch? TryWatch(TenantId tenant, ChatId chat);

    /// <summary>Signals the watches of a chat. Returns at once.</summary>
    void ChatChanged(TenantId tenant, ChatId chat);
}

/// <summary>The wait of one request for a chat. Not thread-safe.</summary>
public interface IChatWatch : IDisposable
{
    /// <summary>Waits for signals.</summary>
    /// <param name="limit">After this time it returns <see cref="ChatSignals.None"/>; not negative.</param>
    /// <returns>All signals since the last wait, or since the watch began.</returns>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    Task<ChatSignals> TakeSignalsAsync(TimeSpan limit, CancellationToken cancellationToken);
}
