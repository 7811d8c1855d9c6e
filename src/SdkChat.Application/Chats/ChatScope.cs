using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>The chats that a caller may read. It comes from the credential, never from a filter.</summary>
public abstract record ChatScope
{
    private ChatScope()
    {
    }

    /// <summary>All chats of one tenant.</summary>
    public sealed record OfTenant(TenantId Tenant) : ChatScope;

    /// <summary>The chats of one profile of a tenant. The profile must exist.</summary>
    public sealed record OfProfile(TenantId Tenant, ProfileId Profile) : ChatScope;

    /// <summary>For super admins only: the chats of all tenants, or of <paramref name="Tenant"/> if given.</summary>
    public sealed record Backoffice(TenantId? Tenant = null) : ChatScope;
}
