using MediatR;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.PollChat;

/// <summary>How a chat stands. While it is in progress this asks the pipeline, and settles the chat when its run has ended.</summary>
public sealed record PollChatQuery(TenantId Tenant, ProfileId Profile, ChatId Chat) : IRequest<ChatState>;
