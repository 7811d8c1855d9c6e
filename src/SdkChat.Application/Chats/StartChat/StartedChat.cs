using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Chats.StartChat;

/// <summary>A chat at its kickoff.</summary>
public sealed record StartedChat(ChatId Chat, ProfileId Profile, ChatStatus Status);
