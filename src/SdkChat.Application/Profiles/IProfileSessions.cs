using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Profiles;

/// <summary>The visits of one tenant's shoppers. A profile has one active session at most, whoever races for it.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IProfileSessions
{
    /// <summary>The most stamps that a session can have.</summary>
    const int MaxStamps = 200;

    /// <summary>Opens <paramref name="session"/>, unless one is open.</summary>
    Task<SessionChange> StartAsync(
        TenantId tenant, ProfileId profile, ProfileSessionId session, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Adds a stamp to the active session, if there is one and it has fewer than <see cref="MaxStamps"/>.</summary>
    Task<StampOutcome> StampAsync(TenantId tenant, ProfileId profile, SessionStamp stamp, CancellationToken cancellationToken);

    /// <summary>Ends the active session, if there is one. The result has all of its stamps.</summary>
    Task<SessionChange> EndAsync(TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken);
}
