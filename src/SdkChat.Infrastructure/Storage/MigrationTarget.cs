using System.Globalization;
using Npgsql;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Storage;

/// <summary>The database to migrate, as a role connects to it, and the messages for its failures.</summary>
internal sealed class MigrationTarget
{
    /// <summary>How long the kernel waits for a server that has vanished during a statement without a time limit.</summary>
    private const int KeepAliveSeconds = 10;

    private readonly NpgsqlConnectionStringBuilder _settings;

    public MigrationTarget(string connectionString)
    {
        // A pool would keep the connection open after the migration.
        _settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        SearchPath = _settings.SearchPath;
        _settings.SearchPath = null;
        _settings.ApplicationName ??= "sdkchat-migrations";
        // A Unix socket has no such option, and its server is on this machine.
        if (_settings.TcpKeepAliveTime == 0 && _settings.Host?.Contains('/', StringComparison.Ordinal) == false)
            (_settings.TcpKeepAliveTime, _settings.TcpKeepAliveInterval) = (KeepAliveSeconds, KeepAliveSeconds);
    }

    /// <summary>The search path in the connection string; null for that of the role.</summary>
    public string? SearchPath { get; }

    /// <summary>Runs work on a connection to a server that the service supports.</summary>
    /// <exception cref="SchemaException">The server is not supported, or refuses the connection.</exception>
    /// <exception cref="UnavailableException">The server does not answer.</exception>
    public async Task<T> UseAsync<T>(Func<NpgsqlDataSource, NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = CreateSource();
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await ServerCheck.RequireAsync(connection, source, cancellationToken);
            return await work(source, connection);
        }
        catch (Exception exception) when (ConnectionFailure.Explain(exception, _settings) is { } sentence)
        {
            throw new SchemaException(sentence, exception);
        }
        catch (Exception exception) when (StartupOutage.IsCauseOf(exception))
        {
            throw new UnavailableException(exception);
        }
        catch (PostgresException exception)
        {
            throw new SchemaException(
                exception.SqlState == PostgresErrorCodes.InsufficientPrivilege
                    ? DescribeMissingPrivilege(exception.MessageText)
                    : $"PostgreSQL at {ConnectionFailure.Address(_settings)} refuses ({exception.SqlState}): {exception.MessageText}.",
                exception);
        }
    }

    /// <summary>
    /// Loading the catalogue of types is a long statement, which a time limit of the role or the database could end before the session has
    /// lifted it. A migration needs built-in types only.
    /// </summary>
    private NpgsqlDataSource CreateSource()
    {
        var builder = new NpgsqlDataSourceBuilder(_settings.ConnectionString);
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        return builder.Build();
    }

    public string DescribeOlderSchema(int pending) => string.Create(
        CultureInfo.InvariantCulture,
        $"The schema of database \"{_settings.Database}\" is older than this build ({pending} of {MigrationScript.All.Count} migrations "
            + $"are missing): run the migrate verb first.");

    public string DescribeForbiddenMigration(int pending, string reason) => string.Create(
        CultureInfo.InvariantCulture,
        $"The schema of database \"{_settings.Database}\" is older than this build ({pending} migrations are missing), "
            + $"and role \"{_settings.Username}\" may not change it ({reason}): run the migrate verb with "
            + $"ConnectionStrings__SdkChatMigrations, the connection string of the role that owns the tables. deploy/postgres/roles.sql "
            + $"creates both roles.");

    public string DescribeMissingPrivilege(string privilege) =>
        $"Role \"{_settings.Username}\" lacks a privilege in database \"{_settings.Database}\" ({privilege}): run the migrate verb with "
        + "ConnectionStrings__SdkChatMigrations, which grants what the service needs. deploy/postgres/roles.sql creates both roles.";
}
