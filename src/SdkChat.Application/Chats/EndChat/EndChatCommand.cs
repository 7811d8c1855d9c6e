using MediatR;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.EndChat;

/// <summary>The shopper ends a chat. Once more changes nothing, and is answered alike.</summary>
public sealed record EndChatCommand(TenantId Tenant, ProfileId Profile, ChatId Chat) : IRequest<ChatState>;
