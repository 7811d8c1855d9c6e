using MediatR;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Chats.GetAnyChatDetail;

/// <summary>One chat, whosever it is, with its result, for the backoffice.</summary>
public sealed record GetAnyChatDetailQuery(ChatId Chat) : IRequest<ChatDetail>;
