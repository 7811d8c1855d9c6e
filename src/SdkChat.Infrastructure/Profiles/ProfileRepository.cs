using Dapper;
using Npgsql;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Profiles;

internal sealed class ProfileRepository(Database database, DocumentGate gate, TenantChanges changes) : IProfileRepository
{
    public Task AddAsync(TenantId tenant, ProfileId profile, RawJson data, DateTimeOffset at, CancellationToken cancellationToken) =>
        StoreAsync(tenant, () => database.ExecuteAsync(
            ProfileSql.Add, new { tenant = tenant.Value, profile = profile.Value, data = data.Utf8.ToArray(), at }, cancellationToken));

    public async Task<RawJson?> FindAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken)
    {
        var row = await QueryAsync(tenant, ProfileSql.Find, new { tenant = tenant.Value, profile = profile.Value }, cancellationToken);
        return row?.Required(ProfileLimit.StoredTooLarge);
    }

    public async Task<RawJson?> MergeAsync(
        TenantId tenant, ProfileId profile, RawJson patch, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var row = await StoreAsync(tenant, () => QueryAsync(
            tenant, ProfileSql.Merge, new { tenant = tenant.Value, profile = profile.Value, patch = patch.Utf8.ToArray(), at },
            cancellationToken));
        return row?.Required(ProfileLimit.TooLarge);
    }

    public async Task<RawJson?> DeleteAsync(TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var parameters = new { tenant = tenant.Value, profile = profile.Value, at };
        var row = await changes.RecordAsync(tenant, () => gate.RunAsync(
            tenant, () => database.RunAsync(connection => DeleteAsync(connection, parameters, cancellationToken), cancellationToken),
            cancellationToken));
        return row is null ? null : RawJson.FromText(row.Document ?? "{}");
    }

    public async Task<ProfileVisit?> FindVisitAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<VisitRow>(
            ProfileSql.FindVisit, new { tenant = tenant.Value, profile = profile.Value }, cancellationToken);
        return row is null ? null : new ProfileVisit(row.SessionId is { } session ? new ProfileSessionId(session) : null);
    }

    private static async Task<DocumentRow?> DeleteAsync(NpgsqlConnection connection, object parameters, CancellationToken cancellationToken)
    {
        CommandDefinition Command(string sql) => new(sql, parameters, cancellationToken: cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(Command(ProfileSql.LockForDelete));
        var row = await connection.QuerySingleOrDefaultAsync<DocumentRow>(Command(ProfileSql.Delete));
        await transaction.CommitAsync(cancellationToken);
        return row;
    }

    private Task<DocumentRow?> QueryAsync(TenantId tenant, string sql, object parameters, CancellationToken cancellationToken) =>
        gate.RunAsync(tenant, () => database.QuerySingleOrDefaultAsync<DocumentRow>(sql, parameters, cancellationToken), cancellationToken);

    /// <summary>The use cases reject documents that jsonb cannot hold. If one is missed, the caller gets the same error.</summary>
    private async Task<T> StoreAsync<T>(TenantId tenant, Func<Task<T>> store)
    {
        try
        {
            return await changes.RecordAsync(tenant, store);
        }
        catch (PostgresException exception) when (exception.SqlState
            is PostgresErrorCodes.UntranslatableCharacter // \u0000
            or PostgresErrorCodes.InvalidTextRepresentation // half a surrogate pair
            or PostgresErrorCodes.NumericValueOutOfRange // 1e999999
            or PostgresErrorCodes.StatementTooComplex // too deep
            or PostgresErrorCodes.ProgramLimitExceeded) // too large
        {
            throw new UnstorableProfileException();
        }
    }

    /// <summary>The row of an existing profile.</summary>
    private sealed class DocumentRow
    {
        /// <summary>Null if it is too large.</summary>
        public string? Document { get; init; }

        public RawJson Required(Func<Exception> tooLarge) => RawJson.FromText(Document ?? throw tooLarge());
    }

    private sealed class VisitRow
    {
        public Guid ProfileId { get; init; }

        public Guid? SessionId { get; init; }
    }
}
