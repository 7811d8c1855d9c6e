using Dapper;
using Npgsql;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Profiles;

internal sealed class ProfileRepository(Database database) : IProfileRepository
{
    public Task AddAsync(TenantId tenant, ProfileId profile, RawJson data, DateTimeOffset at, CancellationToken cancellationToken) =>
        StoreAsync(() => database.ExecuteAsync(
            ProfileSql.Add, new { tenant = tenant.Value, profile = profile.Value, data = data.Utf8.ToArray(), at }, cancellationToken));

    public async Task<RawJson?> FindAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken) =>
        Document(await database.QuerySingleOrDefaultAsync<string>(
            ProfileSql.Find, new { tenant = tenant.Value, profile = profile.Value }, cancellationToken));

    public async Task<RawJson?> MergeAsync(
        TenantId tenant, ProfileId profile, RawJson patch, DateTimeOffset at, CancellationToken cancellationToken) =>
        Document(await StoreAsync(() => database.QuerySingleOrDefaultAsync<string>(
            ProfileSql.Merge, new { tenant = tenant.Value, profile = profile.Value, patch = patch.Utf8.ToArray(), at }, cancellationToken)));

    public Task<RawJson?> DeleteAsync(TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.RunAsync(
            async connection =>
            {
                var parameters = new { tenant = tenant.Value, profile = profile.Value, at };
                CommandDefinition Command(string sql) => new(sql, parameters, cancellationToken: cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await connection.ExecuteAsync(Command(ProfileSql.LockForDelete));
                var document = await connection.QuerySingleOrDefaultAsync<string>(Command(ProfileSql.Delete));
                await transaction.CommitAsync(cancellationToken);
                return Document(document);
            },
            cancellationToken);

    public async Task<ProfileVisit?> FindVisitAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<VisitRow>(
            ProfileSql.FindVisit, new { tenant = tenant.Value, profile = profile.Value }, cancellationToken);
        return row is null ? null : new ProfileVisit(row.SessionId is { } session ? new ProfileSessionId(session) : null);
    }

    private static RawJson? Document(string? json) => json is null ? null : RawJson.FromText(json);

    /// <summary>What jsonb can hold, jsonb knows best: no list of ours would stay complete.</summary>
    private static async Task<T> StoreAsync<T>(Func<Task<T>> store)
    {
        try
        {
            return await store();
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

    private sealed class VisitRow
    {
        public Guid ProfileId { get; init; }

        public Guid? SessionId { get; init; }
    }
}
