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
