using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>The sessions of one tenant's profiles. A profile has at most one active session, even after concurrent calls.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IProfileSessions
{
    /// <summary>The maximum number of stamps of a session.</summary>
    const int MaxStamps = 200;

    /// <summary>Opens <paramref name="session"/>, unless one is already open.</summary>
    Task<SessionChange> StartAsync(
        TenantId tenant, ProfileId profile, ProfileSessionId session, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Adds a stamp to the active session, if there is one and it has fewer than <see cref="MaxStamps"/>.</summary>
    Task<StampOutcome> StampAsync(TenantId tenant, ProfileId profile, SessionStamp stamp, CancellationToken cancellationToken);

    /// <summary>Ends the active session, if there is one. The result has all its stamps.</summary>
    Task<SessionChange> EndAsync(TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken);
}

/// <summary>One visit of a shopper.</summary>
/// <param name="EndedAt">Null while it is the profile's active session.</param>
public sealed record ProfileSession(ProfileSessionId Session, ProfileId Profile, DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>In the order in which they were set. Only filled for a session that was just ended.</summary>
    public IReadOnlyList<SessionStamp> Stamps { get; init; } = [];
}

/// <summary>The outcome of starting or ending a session.</summary>
/// <param name="ProfileExists">False if the tenant has no such profile, or it is deleted.</param>
/// <param name="Session">The session that was started or ended; null if another session was open, or none.</param>
public sealed record SessionChange(bool ProfileExists, ProfileSession? Session);

/// <summary>A mark that the app set on a session (contract, section 8.8).</summary>
/// <param name="Status">1 to 40 characters of <c>A-Z0-9_</c>. The app defines their meaning.</param>
/// <param name="Meta">A JSON object, unchanged to the byte; null if the stamp has none.</param>
public sealed record SessionStamp(string Status, RawJson? Meta, DateTimeOffset StampedAt);

/// <summary>The result of setting a stamp.</summary>
/// <param name="ProfileExists">False if the tenant has no such profile, or it is deleted.</param>
/// <param name="Session">The session that was stamped; null if nothing was stored.</param>
/// <param name="StampedAt">The stamp's instant: never before the session's start.</param>
/// <param name="IsFull">Whether the active session has the maximum number of stamps.</param>
public sealed record StampOutcome(bool ProfileExists, ProfileSessionId? Session, DateTimeOffset StampedAt, bool IsFull);
