using MediatR;
using SdkChat.Application.Chats.Paging;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.ListProfileChats;

/// <summary>A page of one profile's chats, newest first, for the shopper.</summary>
public sealed record ListProfileChatsQuery(TenantId Tenant, ProfileId Profile, PageRequest Page) : IRequest<Page<ChatListItem>>;
