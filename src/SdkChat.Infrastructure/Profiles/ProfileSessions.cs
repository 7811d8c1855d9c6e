using Dapper;
using Npgsql;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Profiles;

internal sealed class ProfileSessions(Database database, TenantChanges changes) : IProfileSessions
{
    public Task<SessionChange> StartAsync(
        TenantId tenant, ProfileId profile, ProfileSessionId session, DateTimeOffset at, CancellationToken cancellationToken) =>
        changes.RecordAsync(tenant, () => ChangeAsync(
            ProfileSessionSql.Start,
            new { tenant = tenant.Value, profile = profile.Value, session = session.Value, at },
            profile,
            cancellationToken));

    public async Task<StampOutcome> StampAsync(TenantId tenant, ProfileId profile, SessionStamp stamp, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            tenant = tenant.Value, profile = profile.Value, status = stamp.Status, meta = stamp.Meta?.Utf8.ToArray(), at = stamp.StampedAt,
            limit = IProfileSessions.MaxStamps,
        };
        try
        {
            var row = await changes.RecordAsync(
                tenant, () => database.QuerySingleOrDefaultAsync<StampRow>(ProfileSessionSql.Stamp, parameters, cancellationToken));
            if (row is null)
                return new StampOutcome(false, null, default, IsFull: false);
            if (row.Stamped is { } session)
                return new StampOutcome(true, new ProfileSessionId(session), row.StampedAt!.Value, IsFull: false);

            return new StampOutcome(
                true, null, default,
                await database.QuerySingleOrDefaultAsync<bool>(ProfileSessionSql.IsFull, parameters, cancellationToken));
        }
        catch (PostgresException exception) when (ForeignKeyViolation.IsCauseOf(exception))
        {
            return new StampOutcome(false, null, default, IsFull: false);
        }
    }

    public Task<SessionChange> EndAsync(TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken) =>
        changes.RecordAsync(
            tenant, () => database.RunAsync(connection => EndAsync(connection, tenant, profile, at, cancellationToken), cancellationToken));

    private static async Task<SessionChange> EndAsync(
        NpgsqlConnection connection, TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        CommandDefinition Command(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: cancellationToken);

        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            Command(ProfileSessionSql.End, new { tenant = tenant.Value, profile = profile.Value, at }));
        var session = row?.ToSession(profile);
        if (session is not null && row!.Stamps > 0)
        {
            var stamps = await connection.QueryAsync<SessionStampRow>(
                Command(ProfileSessionSql.Stamps, new { tenant = tenant.Value, session = session.Session.Value }));
            session = session with { Stamps = [.. stamps.Select(stamp => stamp.ToStamp())] };
        }

        await transaction.CommitAsync(cancellationToken);
        return new SessionChange(row is not null, session);
    }

    private async Task<SessionChange> ChangeAsync(string sql, object parameters, ProfileId profile, CancellationToken cancellationToken)
    {
        try
        {
            var row = await database.QuerySingleOrDefaultAsync<Row>(sql, parameters, cancellationToken);
            return new SessionChange(row is not null, row?.ToSession(profile));
        }
        catch (PostgresException exception) when (ForeignKeyViolation.IsCauseOf(exception))
        {
            return new SessionChange(false, null);
        }
    }

    private sealed record StampRow(Guid? Stamped, DateTime? StampedAt);

    private sealed record SessionStampRow(string Status, byte[]? Meta, DateTime StampedAt)
    {
        public SessionStamp ToStamp() => new(Status, Meta is null ? null : new RawJson(Meta), StampedAt);
    }

    /// <summary>All null if the profile exists but its sessions did not allow the change.</summary>
    private sealed class Row
    {
        public Guid? SessionId { get; init; }

        public DateTime StartedAt { get; init; }

        public DateTime? EndedAt { get; init; }

        public int Stamps { get; init; }

        public ProfileSession? ToSession(ProfileId profile) =>
            SessionId is { } id ? new ProfileSession(new ProfileSessionId(id), profile, StartedAt, EndedAt) : null;
    }
}
