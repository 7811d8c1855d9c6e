using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>One tenant's profiles. A deleted profile is not found, like another tenant's; its chats stay in the history.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IProfileRepository
{
    /// <param name="data">A JSON object.</param>
    /// <exception cref="UnstorableProfileException">Storage cannot hold the document.</exception>
    Task AddAsync(TenantId tenant, ProfileId profile, RawJson data, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// The document, or null if there is no such profile. Storage decides how numbers are written and in which order members are.
    /// </summary>
    /// <exception cref="Common.Exceptions.SdkChatException">
    /// The document was stored before documents had a limit, and exceeds it (<see cref="ProfileLimit"/>).
    /// </exception>
    Task<RawJson?> FindAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken);

    /// <summary>
    /// Sets the patch's members in the document, one level deep; null is stored like any value. Atomic: of two concurrent patches neither
    /// is lost.
    /// </summary>
    /// <returns>The document after the change, or null if there is no such profile.</returns>
    /// <exception cref="UnstorableProfileException">Storage cannot hold the document.</exception>
    /// <exception cref="Common.Exceptions.SdkChatException">
    /// The merged document would be too large (<see cref="ProfileLimit"/>). Nothing was changed.
    /// </exception>
    Task<RawJson?> MergeAsync(TenantId tenant, ProfileId profile, RawJson patch, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Marks the profile as deleted and ends its active session.</summary>
    /// <returns>
    /// The document before the change, empty if it is too large to be sent, or null if there is no such profile (any more).
    /// </returns>
    Task<RawJson?> DeleteAsync(TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The profile with its active session, or null if there is no such profile.</summary>
    Task<ProfileVisit?> FindVisitAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken);
}

/// <summary>An existing profile and its active session.</summary>
/// <param name="ActiveSession">Null if no session is open.</param>
public sealed record ProfileVisit(ProfileSessionId? ActiveSession);

/// <summary>A profile and its document: a JSON object that the tenant defines, as storage writes it.</summary>
public sealed record ProfileDocument(ProfileId Profile, RawJson Data);
