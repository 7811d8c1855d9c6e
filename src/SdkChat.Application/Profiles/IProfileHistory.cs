using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>Reads what is known of one tenant's shoppers, for its admins.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IProfileHistory
{
    /// <summary>The maximum number of sessions of one history.</summary>
    const int MaxSessions = 50;

    /// <summary>The maximum of <see cref="ProfileHistory.OmittedSessions"/>: a shopper may have millions of sessions.</summary>
    const int MaxOmittedSessions = 10_000;

    /// <summary>The maximum number of stamps of one history.</summary>
    const int MaxStamps = 500;

    /// <summary>The profile with its sessions; null if the tenant has no such profile, or it was erased.</summary>
    Task<ProfileHistory?> FindAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken);
}

/// <summary>The same for all tenants' shoppers, for the backoffice only.</summary>
/// <inheritdoc cref="IProfileHistory"/>
public interface ICrossTenantProfileHistory
{
    /// <summary>The profile of any tenant; null if there is none.</summary>
    Task<ProfileHistory?> FindAsync(ProfileId profile, CancellationToken cancellationToken);
}
