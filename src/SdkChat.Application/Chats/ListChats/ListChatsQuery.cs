using MediatR;
using SdkChat.Application.Chats.Paging;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.ListChats;

/// <summary>A page of the tenant's chats, newest first.</summary>
/// <param name="Profile">Only this profile's chats; null for all of the tenant's.</param>
public sealed record ListChatsQuery(TenantId Tenant, ProfileId? Profile, PageRequest Page) : IRequest<Page<ChatListItem>>;
