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
