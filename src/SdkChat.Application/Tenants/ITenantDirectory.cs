using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>
/// Who the tenants are, from memory: what every request asks before anything else. An answer is at most 5 s older than
/// the database (contract, section 1); an unchanged directory costs no round trip.
/// </summary>
public interface ITenantDirectory
{
    /// <summary>The tenant, enabled or not; null when there is none.</summary>
    /// <exception cref="Common.Exceptions.UnavailableException">It is not in memory, and storage cannot answer now.</exception>
    ValueTask<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellationToken);
}
