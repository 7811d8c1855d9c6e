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

    private const string ScriptPrefix = "SdkChat.Infrastructure.Storage.Migrations.";

    /// <summary>The scripts of this build, in the order in which they run.</summary>
    public static IReadOnlyList<string> Scripts { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(ScriptPrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <returns>How many scripts were run.</returns>
    /// <exception cref="InvalidOperationException">A script failed; its changes are undone, earlier ones stay.</exception>
    /// <exception cref="UnavailableException">The database does not answer.</exception>
    public async Task<int> MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            return await MigrateLockedAsync(connectionString, cancellationToken);
        }
        catch (Exception exception) when (Unavailability.Explains(exception))
        {
            throw new UnavailableException(exception);
        }
    }

    private async Task<int> MigrateLockedAsync(string connectionString, CancellationToken cancellationToken)
    {
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

        return result.Successful
            ? result.Scripts.Count()
            : throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
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
