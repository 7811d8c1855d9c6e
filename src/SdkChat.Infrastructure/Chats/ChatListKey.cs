using SdkChat.Application.Chats.Paging;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Chats;

/// <summary>All that a page of a list depends on. Two that are equal have the same answer, and the same right to it.</summary>
internal readonly record struct ChatListKey(TenantId? Tenant, ProfileId? Profile, PagePosition Position, int Size)
{
    public ChatListScope Scope => (Tenant, Profile) switch
    {
        ({ }, { }) => ChatListScope.TenantProfile,
        ({ }, null) => ChatListScope.Tenant,
        (null, { }) => ChatListScope.AnyTenantProfile,
        (null, null) => ChatListScope.Everything,
    };
}
