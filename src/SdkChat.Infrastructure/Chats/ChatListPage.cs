using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Chats;

/// <summary>Identifies a page of a list.</summary>
internal readonly record struct ChatListPage(TenantId? Tenant, ChatFilter Filter, PagePosition Position, int Size)
{
    public ChatSelection Selection { get; } = ChatSelection.Create(Filter);

    public ChatListScope Scope => (Tenant, Filter.Profile) switch
    {
        ({ }, { }) => ChatListScope.TenantProfile,
        ({ }, null) => ChatListScope.Tenant,
        (null, { }) => ChatListScope.AnyTenantProfile,
        (null, null) => ChatListScope.Everything,
    };
}
