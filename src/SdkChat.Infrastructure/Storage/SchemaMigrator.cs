using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Migrates a database to this build's schema. Forward only. Any number of nodes may start at once: one at a time applies a script while
/// the others wait. A schema that is current is only read (docs/decisions/0033).
/// </summary>
public sealed class SchemaMigrator(ILogger<SchemaMigrator> logger, IOptions<MigrationOptions>? options = null, TimeProvider? clock = null)
{
    /// <summary>The names of this build's scripts, in the order in which they run.</summary>
    public static IReadOnlyList<string> Scripts { get; } = [.. MigrationScript.All.Select(script => script.Name)];

    /// <summary>The scripts to apply. Tests set the scripts of future builds.</summary>
    internal IReadOnlyList<MigrationScript> Own { get; init; } = MigrationScript.All;

    /// <param name="connectionString">As the owner of the tables.</param>
    /// <param name="serviceRole">
    /// The role that the service connects as, if it is another one. Afterwards it has the privileges that the service needs, and no others.
    /// </param>
    /// <returns>The number of scripts that were applied.</returns>
    /// <exception cref="SchemaException">
    /// A script failed (its changes are rolled back, earlier ones stay), a lock was not available, or the server refuses the connection.
    /// </exception>
    /// <exception cref="UnavailableException">The database does not answer.</exception>
    public Task<int> MigrateAsync(string connectionString, string? serviceRole, CancellationToken cancellationToken) =>
        RunAsync(new MigrationTarget(connectionString), serviceRole, areGrantsRenewed: true, cancellationToken);

    /// <inheritdoc cref="MigrateAsync(string, string, CancellationToken)"/>
    public Task<int> MigrateAsync(string connectionString, CancellationToken cancellationToken) =>
        MigrateAsync(connectionString, serviceRole: null, cancellationToken);

    /// <summary>Migrates at the start of a node; takes no lock if there is nothing to do.</summary>
    /// <inheritdoc cref="MigrateAsync(string, string, CancellationToken)"/>
    public Task<int> EnsureAsync(string connectionString, string? serviceRole, CancellationToken cancellationToken) =>
        RunAsync(new MigrationTarget(connectionString), serviceRole, areGrantsRenewed: false, cancellationToken);

    /// <summary>Whether the role of this connection string can run the service as the database is.</summary>
    /// <returns>
    /// False for any reason that <see cref="RequireCurrentAsync"/> would name: a migration removes it, or finds it again.
    /// </returns>
    /// <exception cref="UnavailableException">The database does not answer.</exception>
    public static async Task<bool> IsCurrentAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await RequireCurrentAsync(connectionString, cancellationToken);
            return true;
        }
        catch (SchemaException)
        {
            return false;
        }
    }

    /// <summary>Checks whether the role of this connection string can run the service.</summary>
    /// <exception cref="SchemaException">
    /// The database does not have this build's schema, its role lacks a privilege, or the server refuses the connection.
    /// </exception>
    /// <exception cref="UnavailableException">The database does not answer.</exception>
    public static Task RequireCurrentAsync(string connectionString, CancellationToken cancellationToken)
    {
        var target = new MigrationTarget(connectionString);
        return target.UseAsync(
            async (_, connection) =>
            {
                var state = await SchemaState.ReadAsync(connection, target, MigrationScript.All, role: null, cancellationToken);
                if (state.Pending.Count > 0)
                    throw new SchemaException(target.DescribeOlderSchema(state.Pending.Count));
                if (state.MissingPrivilege is { } privilege)
                    throw new SchemaException(target.DescribeMissingPrivilege(privilege));
                return true;
            },
            cancellationToken);
    }

    private Task<int> RunAsync(MigrationTarget target, string? serviceRole, bool areGrantsRenewed, CancellationToken cancellationToken) =>
        target.UseAsync(
            async (source, connection) =>
            {
                var run = new MigrationRun(
                    source, connection, target, options?.Value ?? new MigrationOptions(), clock ?? TimeProvider.System, logger);
                var state = await SchemaState.ReadAsync(connection, target, Own, serviceRole, cancellationToken);
                var applied = await ApplyAsync(run, target, state.Pending, cancellationToken);
                if (serviceRole is not null && (areGrantsRenewed || state.Pending.Count > 0 || state.MissingPrivilege is not null))
                    await run.GrantAsync(serviceRole, cancellationToken);
                return applied;
            },
            cancellationToken);

    private static async Task<int> ApplyAsync(
        MigrationRun run, MigrationTarget target, IReadOnlyList<MigrationScript> pending, CancellationToken cancellationToken)
    {
        var applied = 0;
        foreach (var script in pending)
        {
            try
            {
                applied += await run.ApplyAsync(script, cancellationToken) ? 1 : 0;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                throw new SchemaException(target.DescribeForbiddenMigration(pending.Count - applied, exception.MessageText), exception);
            }
            catch (PostgresException exception) when (!StartupOutage.IsCauseOf(exception))
            {
                throw new SchemaException($"Migration {script.Name} failed ({exception.SqlState}): {exception.MessageText}.", exception);
            }
        }

        return applied;
    }
}
