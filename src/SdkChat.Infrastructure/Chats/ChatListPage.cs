using SdkChat.Application.Chats.Paging;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Chats;

/// <summary>Which page of which list.</summary>
internal readonly record struct ChatListPage(TenantId? Tenant, ProfileId? Profile, PagePosition Position, int Size)
{
    public ChatListScope Scope => (Tenant, Profile) switch
    {
        ({ }, { }) => ChatListScope.TenantProfile,
        ({ }, null) => ChatListScope.Tenant,
        (null, { }) => ChatListScope.AnyTenantProfile,
        (null, null) => ChatListScope.Everything,
    };
}
