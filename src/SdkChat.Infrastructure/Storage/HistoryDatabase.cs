using System.Data.Common;
using Npgsql;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Runs the statements that read history: on the standby if there is one and it contains every change of the tenant that this node knows
/// of, otherwise on the primary. A read that fails on the standby is repeated on the primary (docs/decisions/0042).
/// </summary>
internal sealed class HistoryDatabase(Database primary, HistoryStandby? standby = null)
{
    /// <summary>The primary, for reads that must contain all that is committed.</summary>
    public Database Primary => primary;

    /// <param name="tenant">Whose history the statement reads; null for all tenants.</param>
    /// <inheritdoc cref="Database.QueryAsync"/>
    public Task<IReadOnlyList<T>> QueryAsync<T>(TenantId? tenant, string sql, object? parameters, CancellationToken cancellationToken) =>
        standby is null
            ? primary.QueryAsync<T>(sql, parameters, cancellationToken)
            : RouteAsync(standby, tenant, database => database.QueryAsync<T>(sql, parameters, cancellationToken), cancellationToken);

    /// <inheritdoc cref="QueryAsync"/>
    public Task<T?> QuerySingleOrDefaultAsync<T>(TenantId? tenant, string sql, object? parameters, CancellationToken cancellationToken) =>
        standby is null
            ? primary.QuerySingleOrDefaultAsync<T>(sql, parameters, cancellationToken)
            : RouteAsync(
                standby, tenant, database => database.QuerySingleOrDefaultAsync<T>(sql, parameters, cancellationToken), cancellationToken);

    /// <inheritdoc cref="QueryAsync"/>
    /// <inheritdoc cref="Database.ReadSingleOrDefaultAsync"/>
    public Task<T?> ReadSingleOrDefaultAsync<T>(
        TenantId? tenant, string sql, object? parameters, Func<DbDataReader, CancellationToken, Task<T>> map,
        CancellationToken cancellationToken)
        where T : class => standby is null
            ? primary.ReadSingleOrDefaultAsync(sql, parameters, map, cancellationToken)
            : RouteAsync(
                standby, tenant, database => database.ReadSingleOrDefaultAsync(sql, parameters, map, cancellationToken), cancellationToken);

    /// <inheritdoc cref="QueryAsync"/>
    /// <param name="read">Reads the rows. It may run twice.</param>
    public Task<T> ReadAsync<T>(
        TenantId? tenant, string sql, object? parameters, Func<DbDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken) =>
        standby is null
            ? primary.ReadAsync(sql, parameters, read, cancellationToken)
            : RouteAsync(standby, tenant, database => database.ReadAsync(sql, parameters, read, cancellationToken), cancellationToken);

    /// <inheritdoc cref="QueryAsync"/>
    /// <param name="read">Reads from the database that it is given. It may run twice.</param>
    public Task<T> ReadAsync<T>(TenantId? tenant, Func<Database, Task<T>> read, CancellationToken cancellationToken) =>
        standby is null ? read(primary) : RouteAsync(standby, tenant, read, cancellationToken);

    /// <inheritdoc cref="QueryAsync"/>
    /// <param name="work">Several statements. They must only read, since they may run twice.</param>
    public Task<T> RunAsync<T>(TenantId? tenant, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) =>
        standby is null
            ? primary.RunAsync(work, cancellationToken)
            : RouteAsync(standby, tenant, database => database.RunAsync(work, cancellationToken), cancellationToken);

    private async Task<T> RouteAsync<T>(
        HistoryStandby standby, TenantId? tenant, Func<Database, Task<T>> read, CancellationToken cancellationToken)
    {
        if (await standby.IsCurrentAsync(tenant, cancellationToken))
        {
            try
            {
                var result = await read(standby.Database);
                standby.Succeeded();
                return result;
            }
            catch (Exception exception)
                when (exception is UnavailableException or PostgresException && !cancellationToken.IsCancellationRequested)
            {
                standby.Failed(exception);
            }
        }

        var current = await read(primary);
        standby.ReadFromPrimary(tenant);
        return current;
    }
}
