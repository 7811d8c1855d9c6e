using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>
/// Hands what has happened to the streams that this node holds open: to every stream of the tenant, to none of another,
/// in the order of the calls. It returns at once whatever the readers do, and does not fail; a stream that cannot keep
/// up is ended instead. With nobody watching a call costs a look-up.
/// </summary>
public interface ILiveHub
{
    /// <summary>Sends <c>chat_completed</c>.</summary>
    void ChatCompleted(TenantId tenant, ProfileId profile, ChatId chat);

    /// <summary>Sends <c>backlist_triggered</c>.</summary>
    /// <param name="notificationItems">Sent as it is, each value to the byte.</param>
    void BacklistTriggered(TenantId tenant, ProfileId profile, ChatId chat, RawJson notificationItems);
}
