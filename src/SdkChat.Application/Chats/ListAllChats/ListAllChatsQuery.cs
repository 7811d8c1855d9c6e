using MediatR;
using SdkChat.Application.Chats.Paging;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.ListAllChats;

/// <summary>A page of all tenants' chats, newest first, for the backoffice.</summary>
/// <param name="Tenant">Only this tenant's chats; null for all.</param>
/// <param name="Profile">Only this profile's chats; null for all.</param>
public sealed record ListAllChatsQuery(TenantId? Tenant, ProfileId? Profile, PageRequest Page) : IRequest<Page<ChatListItem>>;
