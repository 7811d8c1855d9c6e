using Dapper;
using Npgsql;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Profiles;

/// <summary>
/// Locks the profile first, so that nothing can be added to it, then its chats, so that nothing can be stored in them. Starting and
/// completing a chat takes the locks in the same order. A statement that waits for these locks finds no rows afterwards.
/// </summary>
internal sealed class Erasures(Database database, TenantChanges changes) : IErasures
{
    public Task<Erasure?> EraseAsync(TenantId tenant, ProfileId profile, DateTimeOffset at, CancellationToken cancellationToken) =>
        changes.RecordAsync(tenant, () => database.RunAsync(
            connection => EraseAsync(
                connection, new Parameters(Guid.CreateVersion7(at), tenant.Value, profile.Value, at), cancellationToken),
            cancellationToken));

    public Task<NameComparison?> CompareNameAsync(TenantId tenant, ProfileId profile, string typed, CancellationToken cancellationToken) =>
        database.QuerySingleOrDefaultAsync<NameComparison>(
            ErasureSql.CompareName, new { tenant = tenant.Value, profile = profile.Value, typed }, cancellationToken);

    private static async Task<Erasure?> EraseAsync(NpgsqlConnection connection, Parameters person, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        Task<int> ExecuteAsync(string sql) =>
            connection.ExecuteAsync(new CommandDefinition(
                sql, person, transaction, commandTimeout: 0, cancellationToken: cancellationToken));

        var found = await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            ErasureSql.LockProfile, person, transaction, cancellationToken: cancellationToken));
        if (found is null)
            return null;

        await ExecuteAsync(ErasureSql.LockChats);
        foreach (var sql in ErasureSql.WhatHangsOnChats)
            await ExecuteAsync(sql);
        person.Chats = await ExecuteAsync(ErasureSql.Chats);
        person.Sessions = await ExecuteAsync(ErasureSql.Sessions);
        await ExecuteAsync(ErasureSql.Counts);
        await ExecuteAsync(ErasureSql.Profile);
        await ExecuteAsync(ErasureSql.Record);
        await transaction.CommitAsync(cancellationToken);
        return new Erasure(person.Erasure, person.At, person.Chats, person.Sessions);
    }

    private sealed record Parameters(Guid Erasure, Guid Tenant, Guid Profile, DateTimeOffset At)
    {
        public int Chats { get; set; }

        public int Sessions { get; set; }
    }
}
