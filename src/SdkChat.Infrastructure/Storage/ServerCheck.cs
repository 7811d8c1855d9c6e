using System.Globalization;
using Dapper;
using Npgsql;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Checks at the start whether the service supports the server of a connection.</summary>
internal static class ServerCheck
{
    private const int OldestVersion = 15;

    /// <summary>
    /// The time limit for a second connection, in seconds. In session mode a pooler may have none left while the first one is open.
    /// </summary>
    private const int ProbeSeconds = 5;

    /// <param name="connection">Open, and not in a transaction.</param>
    /// <exception cref="SchemaException">The server is not supported.</exception>
    /// <exception cref="UnavailableException">The server cannot be checked at the moment.</exception>
    public static async Task RequireAsync(NpgsqlConnection connection, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        if (DescribeOldServer(connection.PostgreSqlVersion) is { } tooOld)
            throw new SchemaException(tooOld);
        var encoding = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            SchemaSql.Encoding, cancellationToken: cancellationToken));
        if (encoding != "UTF8")
        {
            throw new SchemaException(
                $"Database \"{connection.Database}\" has the encoding {encoding}, and SdkChat needs UTF8: create one with \"create "
                + "database NAME encoding 'UTF8' template template0\", copy the data with pg_dump and pg_restore, and connect to it.");
        }

        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(SchemaSql.IsStandby, cancellationToken: cancellationToken)))
            throw new UnavailableException(new InvalidOperationException(
                "The server is a standby, which takes no writes until it is promoted."));

        if (await IsPooledByTransactionAsync(connection, source, cancellationToken))
        {
            throw new SchemaException(
                "A connection pooler in transaction mode is in front of PostgreSQL: the change feed listens, and statements are prepared, "
                + "in a session. Set pool_mode = session for this database, or connect to PostgreSQL directly.");
        }
    }

    /// <returns>Null for a supported version.</returns>
    internal static string? DescribeOldServer(Version version) => version.Major >= OldestVersion
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"The server is PostgreSQL {version}: SdkChat needs {OldestVersion} or newer. Upgrade the server, or connect to another.");

    /// <summary>
    /// A pooler reports a process id of its own at the start of a connection. In transaction mode it assigns a server process to a client
    /// only for a transaction; in session mode the process belongs to the connection.
    /// </summary>
    private static async Task<bool> IsPooledByTransactionAsync(
        NpgsqlConnection connection, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var first = await BackendAsync(connection, null, cancellationToken);
        if (first == connection.ProcessID)
            return false;

        try
        {
            await using var other = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await other.BeginTransactionAsync(cancellationToken);
            var second = await BackendAsync(other, transaction, cancellationToken);
            return second == first || await BackendAsync(connection, null, cancellationToken) != first;
        }
        catch (NpgsqlException exception) when (exception.InnerException is TimeoutException)
        {
            // The pooler keeps its only server connection for the first client, as it does in session mode.
            return false;
        }
    }

    private static Task<int> BackendAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition(
            SchemaSql.BackendId, transaction: transaction, commandTimeout: ProbeSeconds, cancellationToken: cancellationToken));
}
