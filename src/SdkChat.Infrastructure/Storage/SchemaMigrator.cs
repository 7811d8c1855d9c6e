using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Engine.Output;
using Microsoft.Extensions.Logging;
using Npgsql;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Brings a database to this build's schema. Forward only. Any number of nodes may start at once: the first does the
/// work while the others wait, and find nothing left to do.
/// </summary>
public sealed partial class SchemaMigrator(ILogger<SchemaMigrator> logger)
{
    /// <summary>Any constant that no other user of the database locks; "sdkchat" in hexadecimal.</summary>
    private const long AdvisoryLock = 0x73646B63686174;

    private const string TooOld = "The database's schema is older than this build: run the migrate verb first.";

    private const string ScriptPrefix = "SdkChat.Infrastructure.Storage.Migrations.";

    /// <summary>The scripts of this build, in the order in which they run.</summary>
    public static IReadOnlyList<string> Scripts { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(ScriptPrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <param name="connectionString">As the tables' owner.</param>
    /// <param name="serviceRole">
    /// The role that the service connects as, where it is another: afterwards it may do what the service does, and nothing else.
    /// </param>
    /// <returns>How many scripts were run.</returns>
    /// <exception cref="SchemaException">A script failed (its changes are undone, earlier ones stay), or the database lets us do nothing.</exception>
    /// <exception cref="UnavailableException">The database does not answer.</exception>
    public Task<int> MigrateAsync(string connectionString, string? serviceRole, CancellationToken cancellationToken) =>
        ExplainAsync(() => MigrateLockedAsync(connectionString, serviceRole, cancellationToken));

    /// <inheritdoc cref="MigrateAsync(string, string, CancellationToken)"/>
    public Task<int> MigrateAsync(string connectionString, CancellationToken cancellationToken) =>
        MigrateAsync(connectionString, serviceRole: null, cancellationToken);

    /// <exception cref="SchemaException">The database has not this build's schema.</exception>
    /// <exception cref="UnavailableException">The database does not answer.</exception>
    public static Task RequireCurrentAsync(string connectionString, CancellationToken cancellationToken) => ExplainAsync(async () =>
    {
        await using var connection = new NpgsqlConnection(connectionString);
        var applied = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            SchemaSql.CountApplied, new { scripts = Scripts.ToArray() }, cancellationToken: cancellationToken));
        return applied == Scripts.Count ? applied : throw new SchemaException(TooOld);
    });

    private static async Task<T> ExplainAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (Unavailability.Explains(exception))
        {
            throw new UnavailableException(exception);
        }
        catch (PostgresException exception)
        {
            throw new SchemaException(
                exception.SqlState == PostgresErrorCodes.UndefinedTable ? TooOld : $"The database refuses: {exception.MessageText}.", exception);
        }
    }

    private async Task<int> MigrateLockedAsync(string pooled, string? serviceRole, CancellationToken cancellationToken)
    {
        // A pool would keep the connection open, and with it the lock, at which every other node would wait.
        var connectionString = new NpgsqlConnectionStringBuilder(pooled) { Pooling = false }.ConnectionString;
        await using var gate = new NpgsqlConnection(connectionString);
        await gate.OpenAsync(cancellationToken);
        await gate.ExecuteAsync(new CommandDefinition(
            SchemaSql.Lock, new { key = AdvisoryLock }, commandTimeout: 0, cancellationToken: cancellationToken));

        var result = DeployChanges.To
            .PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.StartsWith(ScriptPrefix, StringComparison.Ordinal))
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .LogTo(new Log(logger))
            .Build()
            .PerformUpgrade();

        if (!result.Successful)
            throw new SchemaException($"Migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
        if (serviceRole is not null)
            await GrantAsync(gate, serviceRole, cancellationToken);
        return result.Scripts.Count();
    }

    /// <summary>All or nothing: a service that runs meanwhile is never without what it needs.</summary>
    private static async Task GrantAsync(NpgsqlConnection connection, string role, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            ServiceRoleSql.Grants($"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\""), transaction: transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private sealed partial class Log(ILogger logger) : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) => Debug(Format(format, args));

        public void LogDebug(string format, params object[] args) => Debug(Format(format, args));

        public void LogInformation(string format, params object[] args) => Debug(Format(format, args));

        public void LogWarning(string format, params object[] args) => Warning(Format(format, args));

        public void LogError(string format, params object[] args) => Failed(null, Format(format, args));

        public void LogError(Exception ex, string format, params object[] args) => Failed(ex, Format(format, args));

        private static string Format(string format, object[] args) =>
            args.Length == 0 ? format : string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args);

        [LoggerMessage(LogLevel.Debug, "{Text}")]
        private partial void Debug(string text);

        [LoggerMessage(LogLevel.Warning, "{Text}")]
        private partial void Warning(string text);

        [LoggerMessage(LogLevel.Error, "{Text}")]
        private partial void Failed(Exception? exception, string text);
    }
}
