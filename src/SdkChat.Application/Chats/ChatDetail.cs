using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Chats;

/// <summary>A chat with its result, and the shopper it belongs to.</summary>
public sealed record ChatDetail(ChatState Chat, ProfileSummary ProfileSummary);
