using MediatR;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.GetChatDetail;

/// <summary>One chat of the tenant, with its result.</summary>
public sealed record GetChatDetailQuery(TenantId Tenant, ChatId Chat) : IRequest<ChatDetail>;
