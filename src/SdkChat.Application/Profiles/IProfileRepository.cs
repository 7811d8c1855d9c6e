using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>One tenant's profiles. A deleted one is as unknown as another tenant's; its chats stay in the history.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IProfileRepository
{
    /// <param name="data">A JSON object.</param>
    /// <exception cref="UnstorableProfileException">Storage cannot hold the document.</exception>
    Task AddAsync(TenantId tenant, ProfileId profile, RawJson data, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The document, or null when there is no such profile. Numbers and the order of members are storage's own.</summary>
    /// <exception cref="Common.Exceptions.SdkChatException">It was stored before documents had a limit, and is beyond it (<see cref="ProfileLimit"/>).</exception>
    Task<RawJson?> FindAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken);

    /// <summary>
    /// Puts the patch's members over the document's, one level deep; null is stored like any value. Atomic: of two patches
    /// at once neither is lost.
    /// </summary>
    /// <returns>The document as it is now, or null when there is no such profile.</returns>
    /// <exception cref="UnstorableProfileException">Storage cannot hold the document.</exception>
    /// <exception cref="Common.Exceptions.SdkChatException">The merged document would be too large (<see cref="ProfileLimit"/>); nothing was changed.</exception>
    Task<RawJson?> MergeAsync(TenantId tenant, ProfileId profile, RawJson patch, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Marks the profile as deleted and ends its active session.</summary>
    /// <returns>The document as it was, empty where it is too large to be sent, or null when there is no such profile (any more).</returns>
    Task<RawJson?> DeleteAsync(TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The profile's visit, or null when there is no such profile.</summary>
    Task<ProfileVisit?> FindVisitAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken);
}
