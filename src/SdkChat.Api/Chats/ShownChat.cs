using SdkChat.Application.Chats;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats;

/// <summary>What a detail shows besides the result of the chat.</summary>
/// <param name="Chat">Without its result.</param>
internal sealed record ShownChat(ChatState Chat, ProfileSummary ProfileSummary)
{
    public static ShownChat From(ChatDetail detail) => new(detail.Chat with { Result = null }, detail.ProfileSummary);
}
