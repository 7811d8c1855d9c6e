using SdkChat.Application.Chats;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats.Sdk;

/// <summary>A chat at its kickoff. Poll it for the result.</summary>
public sealed record StartedChatResponse(Guid ChatId, Guid ProfileId, ChatStatus Status)
{
    internal static StartedChatResponse From(StartedChat chat) => new(chat.Chat.Value, chat.Profile.Value, chat.Status);
}
