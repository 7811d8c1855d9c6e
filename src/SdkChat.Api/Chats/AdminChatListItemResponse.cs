using System.Text.Json.Serialization;

namespace SdkChat.Api.Chats;

/// <summary>A chat in the backoffice's list: the tenant's list item, preceded by its tenant.</summary>
public sealed class AdminChatListItemResponse : ChatListItemResponse
{
    [JsonPropertyOrder(-1)]
    public required Guid TenantId { get; init; }
}
