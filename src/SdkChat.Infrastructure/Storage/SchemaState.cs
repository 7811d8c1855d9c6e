using System.Data;
using Dapper;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>The difference between a database's schema and that of a build. Reading it does not wait for a migration.</summary>
/// <param name="Pending">The scripts that are not in the journal, in order.</param>
/// <param name="MissingPrivilege">
/// A privilege that the service needs and the role lacks, such as <c>insert on erasure</c>; null for none, or while scripts are pending.
/// </param>
internal sealed record SchemaState(IReadOnlyList<MigrationScript> Pending, string? MissingPrivilege)
{
    /// <param name="role">The role whose privileges are read; null for the role of the connection.</param>
    public static async Task<SchemaState> ReadAsync(
        NpgsqlConnection connection, MigrationTarget target, IReadOnlyList<MigrationScript> scripts, string? role,
        CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await connection.ExecuteAsync(Command(SessionSql.Transaction(target.SearchPath)));
        string[] applied = await connection.ExecuteScalarAsync<bool>(Command(SchemaSql.JournalExists))
            ? [.. await connection.QueryAsync<string>(
                Command(SchemaSql.Applied, new { scripts = scripts.Select(script => script.Name).ToArray() }))]
            : [];
        IReadOnlyList<MigrationScript> pending = [.. scripts.ExceptBy(applied, script => script.Name)];
        return new SchemaState(
            pending,
            pending.Count > 0
                ? null
                : await connection.ExecuteScalarAsync<string?>(Command(ServiceRoleSql.MissingPrivilege, Needed(role))));

        CommandDefinition Command(string sql, object? parameters = null) =>
            new(sql, parameters, transaction, cancellationToken: cancellationToken);
    }

    private static object Needed(string? role) =>
        new
        {
            role, tables = ServiceRoleSql.Needed.Select(need => need.Table).ToArray(),
            privileges = ServiceRoleSql.Needed.Select(need => need.Privilege).ToArray(),
        };
}
