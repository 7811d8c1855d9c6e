using Npgsql;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Profiles;

internal sealed class ProfileSessions(Database database) : IProfileSessions
{
    public Task<SessionChange> StartAsync(
        TenantId tenant, ProfileId profile, ProfileSessionId session, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(
            ProfileSessionSql.Start,
            new { tenant = tenant.Value, profile = profile.Value, session = session.Value, at },
            profile,
            cancellationToken);

    public Task<SessionChange> EndAsync(TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(ProfileSessionSql.End, new { tenant = tenant.Value, profile = profile.Value, at }, profile, cancellationToken);

    private async Task<SessionChange> ChangeAsync(string sql, object parameters, ProfileId profile, CancellationToken cancellationToken)
    {
        try
        {
            var row = await database.QuerySingleOrDefaultAsync<Row>(sql, parameters, cancellationToken);
            return new SessionChange(row is not null, row?.ToSession(profile));
        }
        catch (PostgresException exception) when (Gone.Explains(exception))
        {
            return new SessionChange(false, null);
        }
    }

    /// <summary>All null when the profile is there, but its sessions did not allow the change.</summary>
    private sealed class Row
    {
        public Guid? SessionId { get; init; }

        public DateTime StartedAt { get; init; }

        public DateTime? EndedAt { get; init; }

        public ProfileSession? ToSession(ProfileId profile) =>
            SessionId is { } id ? new ProfileSession(new ProfileSessionId(id), profile, StartedAt, EndedAt) : null;
    }
}
