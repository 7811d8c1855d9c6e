using System.Text.Json;

namespace SdkChat.Client;

/// <summary>What is known of a shopper.</summary>
/// <param name="ProfileId">The shopper's profile.</param>
/// <param name="ProfileSummary">What the profile's document says of the shopper.</param>
/// <param name="Data">The profile's document; null if the profile is deleted, or if its document is too large to be sent.</param>
/// <param name="CreatedAt">When the profile was created.</param>
/// <param name="UpdatedAt">When the profile was changed last.</param>
/// <param name="DeletedAt">When the app deleted the profile; else null.</param>
/// <param name="FirstSeenAt">The creation of the profile, or the start of its oldest chat if that was earlier.</param>
/// <param name="LastSeenAt">The latest of: the creation of the profile, the start of its newest chat, what its sessions contain.</param>
/// <param name="Sessions">The newest sessions, newest first.</param>
/// <param name="OmittedSessions">How many older sessions are not shown; null for none.</param>
/// <param name="OmittedStamps">How many older stamps are not shown; null for none.</param>
/// <param name="TenantId">The tenant that the shopper belongs to; only for the backoffice.</param>
public sealed record ProfileHistory(
    Guid ProfileId, ProfileSummary ProfileSummary, JsonElement? Data, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? DeletedAt, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, IReadOnlyList<ProfileSession> Sessions,
    long? OmittedSessions = null, long? OmittedStamps = null, Guid? TenantId = null);

/// <summary>One visit of a shopper.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="StartedAt">When it was opened.</param>
/// <param name="EndedAt">When it ended; null while it is active.</param>
/// <param name="Stamps">In the order in which they were set.</param>
public sealed record ProfileSession(Guid SessionId, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<SessionStamp> Stamps);

/// <summary>A stamp of a session.</summary>
/// <param name="Status">The status, which the app defines.</param>
/// <param name="Meta">The app's object; null if there is none.</param>
/// <param name="StampedAt">When it was set.</param>
public sealed record SessionStamp(string Status, JsonElement? Meta, DateTimeOffset StampedAt);
