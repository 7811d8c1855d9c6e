using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>Tells requests of this node that wait for one chat when it has changed, on whichever node.</summary>
public interface IChatWatches
{
    /// <summary>Begins to watch a chat: every change that commits from now on is signalled. Dispose of the watch to end it.</summary>
    /// <returns>Null when the tenant or the node has as many watches as it may, when the node is stopping, and when its feed may miss events.</returns>
    IChatWatch? TryWatch(TenantId tenant, ChatId chat);

    /// <summary>Signals the watches of a chat. Returns at once.</summary>
    void ChatChanged(TenantId tenant, ChatId chat);
}
