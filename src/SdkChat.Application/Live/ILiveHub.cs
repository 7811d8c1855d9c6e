using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>
/// Publishes events to the streams that are open on this node: to every stream of the tenant whose filter accepts it, to no stream of
/// another tenant, in the order of the calls. No member waits for a client or fails because of one; a stream that cannot keep up is ended.
/// </summary>
public interface ILiveHub
{
    /// <summary>Whether this node has a stream of the tenant that carries any of these kinds.</summary>
    bool HasSubscribers(TenantId tenant, LiveEvents kinds);

    /// <summary>Sends <c>chat_started</c>.</summary>
    void ChatStarted(TenantId tenant, ProfileId profile, ChatId chat);

    /// <summary>Sends <c>chat_completed</c>.</summary>
    void ChatCompleted(TenantId tenant, ProfileId profile, ChatId chat);

    /// <summary>Sends <c>chat_failed</c>.</summary>
    /// <param name="lastError">The chat's error; null if the chat was erased meanwhile.</param>
    void ChatFailed(TenantId tenant, ProfileId profile, ChatId chat, string? lastError);

    /// <summary>Sends <c>chat_ended</c>.</summary>
    void ChatEnded(TenantId tenant, ProfileId profile, ChatId chat);

    /// <summary>Sends <c>backlist_triggered</c>.</summary>
    /// <param name="notificationItems">Sent unchanged, to the byte.</param>
    void BacklistTriggered(TenantId tenant, ProfileId profile, ChatId chat, RawJson notificationItems);

    /// <summary>Queues all events that are published from now on, until <see cref="Flush"/>.</summary>
    void BeginBatch();

    /// <summary>Sends the queued events, in as few writes as possible. Without a batch it does nothing.</summary>
    void Flush();

    /// <summary>Ends every stream of the tenant on this node.</summary>
    void EndAll(TenantId tenant, StreamEndReason reason);

    /// <summary>Ends every stream on this node.</summary>
    void EndAll(StreamEndReason reason);
}
