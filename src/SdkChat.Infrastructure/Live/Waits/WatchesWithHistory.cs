using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Waits;

/// <summary>
/// Begins watches, and has history reads after that contain all that was committed before: the watch signals later changes only, and a
/// standby may lack earlier ones that this node's feed did not read.
/// </summary>
internal sealed class WatchesWithHistory(ChatWatches watches, TenantChanges changes) : IChatWatches
{
    public IChatWatch? TryWatch(TenantId tenant, ChatId chat)
    {
        var watch = watches.TryWatch(tenant, chat);
        changes.Changed(tenant);
        return watch;
    }

    public void ChatChanged(TenantId tenant, ChatId chat) => watches.ChatChanged(tenant, chat);
}
