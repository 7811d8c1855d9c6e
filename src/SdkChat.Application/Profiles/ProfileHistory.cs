using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>What is known of a shopper, for admins. Unlike for the app, a deleted profile is found until it is erased.</summary>
/// <param name="Tenant">The tenant that the profile belongs to.</param>
public sealed record ProfileHistory(TenantId Tenant, ProfileId Profile, ProfileSummary Summary)
{
    /// <summary>
    /// The document; null if the profile is deleted, or if its document was stored before there was a limit and exceeds it.
    /// </summary>
    public RawJson? Data { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset? DeletedAt { get; init; }

    /// <summary>When the profile was created, or its oldest stored chat started if that was earlier.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>The latest instant among: the profile's creation, the start of its newest chat, its newest session.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Newest first, with their stamps; at most <see cref="IProfileHistory.MaxSessions"/>.</summary>
    public IReadOnlyList<ProfileSession> Sessions { get; init; } = [];

    /// <summary>
    /// The number of older sessions that are not in <see cref="Sessions"/>, at most <see cref="IProfileHistory.MaxOmittedSessions"/>.
    /// </summary>
    public long OmittedSessions { get; init; }

    /// <summary>The number of older stamps that are missing in <see cref="Sessions"/>.</summary>
    public long OmittedStamps { get; init; }
}
