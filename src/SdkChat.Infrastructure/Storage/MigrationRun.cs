using System.Data;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Applies scripts on one connection, each in a transaction that holds the migration lock. No statement has a time limit, none waits long
/// for a lock, and no lock or setting outlives the transaction, so a pooler in between keeps neither.
/// </summary>
internal sealed partial class MigrationRun(
    NpgsqlDataSource source, NpgsqlConnection connection, MigrationTarget target, MigrationOptions options, TimeProvider clock,
    ILogger logger)
{
    /// <summary>Any constant that no other user of the database locks; "sdkchat" in hexadecimal.</summary>
    public const long AdvisoryLock = 0x73646B63686174;

    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    /// <returns>False if another node has applied it meanwhile.</returns>
    public Task<bool> ApplyAsync(MigrationScript script, CancellationToken cancellationToken) => InTurnAsync(
        script.Name,
        async transaction =>
        {
            if (!await ScalarAsync<bool>(SchemaSql.JournalExists, null, transaction, cancellationToken))
                await ExecuteAsync(connection, SchemaSql.CreateJournal, null, transaction, cancellationToken);
            if (await ScalarAsync<long>(
                SchemaSql.CountApplied, new { scripts = new[] { script.Name } }, transaction, cancellationToken) > 0)
                return false;

            var started = clock.GetTimestamp();
            if (script.IsTransactional)
                await ExecuteAsync(connection, script.Text, null, transaction, cancellationToken);
            else
                await ExecuteBesideAsync(script, transaction, cancellationToken);
            await ExecuteAsync(connection, SchemaSql.Record, new { script = script.Name }, transaction, cancellationToken);
            Applied(script.Name, clock.GetElapsedTime(started).TotalSeconds);
            return true;
        },
        cancellationToken);

    /// <summary>In one transaction: a service that runs meanwhile always has the privileges that it needs.</summary>
    /// <param name="role">The name of the role, unquoted.</param>
    public Task GrantAsync(string role, CancellationToken cancellationToken) => InTurnAsync(
        "of privileges",
        async transaction =>
        {
            var schema = await ScalarAsync<string>(SchemaSql.Schema, null, transaction, cancellationToken);
            var quoted = $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            return await ExecuteAsync(connection, ServiceRoleSql.Grants(schema!, quoted), null, transaction, cancellationToken);
        },
        cancellationToken);

    /// <summary>
    /// Runs statements that cannot run in a transaction, such as a concurrent index build. The migration lock is held meanwhile.
    /// </summary>
    private async Task ExecuteBesideAsync(MigrationScript script, NpgsqlTransaction turn, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, SchemaSql.ReleaseSnapshot, null, turn, cancellationToken);
        await using var beside = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(beside, SessionSql.Session(target.SearchPath), null, null, cancellationToken);
        foreach (var statement in script.Statements)
            await ExecuteAsync(beside, statement, null, null, cancellationToken);
    }

    private async Task<T> InTurnAsync<T>(string script, Func<NpgsqlTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var reported = -ReportInterval;
        for (var attempt = 1; ; attempt++)
        {
            var (isDone, result, failure) = await TryInTurnAsync(work, cancellationToken);
            if (isDone)
                return result!;

            var waited = clock.GetElapsedTime(started);
            var holders = LockHolder.Describe(await HoldersAsync(failure, cancellationToken));
            if (waited >= options.Wait)
                throw new SchemaException(GivenUp(script, waited, failure, holders), failure);
            if (failure is not null)
                LockNotGiven(script, options.LockTimeoutMilliseconds, attempt, failure.MessageText, holders);
            else if (waited - reported >= ReportInterval)
                Waits(script, holders, (reported = waited).TotalSeconds);
            await Task.Delay(options.Retry, clock, cancellationToken);
        }
    }

    /// <returns>
    /// Not done if another process holds the migration lock, or if a table lock was not available; the failure is then set.
    /// </returns>
    private async Task<(bool IsDone, T? Result, PostgresException? Failure)> TryInTurnAsync<T>(
        Func<NpgsqlTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            await ExecuteAsync(connection, SessionSql.Transaction(target.SearchPath), null, transaction, cancellationToken);
            if (!await ScalarAsync<bool>(SchemaSql.TryLock, new { key = AdvisoryLock }, transaction, cancellationToken))
                return (false, default, null);

            await ScalarAsync<string>(
                SchemaSql.LockTimeout, new { milliseconds = options.LockTimeoutMilliseconds }, transaction, cancellationToken);
            var result = await work(transaction);
            await transaction.CommitAsync(cancellationToken);
            return (true, result, null);
        }
        catch (PostgresException exception)
            when (exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            return (false, default, exception);
        }
    }

    private async Task<IReadOnlyCollection<LockHolder>> HoldersAsync(PostgresException? failure, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<LockHolder>(new CommandDefinition(
            failure is null ? SchemaSql.Holders : SchemaSql.OldestTransactions, new { key = AdvisoryLock },
            cancellationToken: cancellationToken))).AsList();

    private static string GivenUp(string script, TimeSpan waited, PostgresException? failure, string holders) => failure is null
        ? FormattableString.Invariant(
            $"Migration {script} has waited {waited.TotalSeconds:F0} s for another migration: the migration lock is held by {holders}. End that session, or raise {MigrationOptions.Section}:{nameof(MigrationOptions.WaitSeconds)}.")
        : FormattableString.Invariant(
            $"Migration {script} has tried for {waited.TotalSeconds:F0} s to lock a table ({failure.MessageText}): the oldest open transactions are {holders}. End them, or raise {MigrationOptions.Section}:{nameof(MigrationOptions.WaitSeconds)}.");

    private Task<T?> ScalarAsync<T>(string sql, object? parameters, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<T>(new CommandDefinition(
            sql, parameters, transaction, commandTimeout: 0, cancellationToken: cancellationToken));

    private static Task<int> ExecuteAsync(
        NpgsqlConnection connection, string sql, object? parameters, NpgsqlTransaction? transaction, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            sql, parameters, transaction, commandTimeout: 0, cancellationToken: cancellationToken));

    [LoggerMessage(2021, LogLevel.Information, "Migration {Script} applied in {Seconds:F1} s")]
    private partial void Applied(string script, double seconds);

    [LoggerMessage(
        2022, LogLevel.Warning,
        "Migration {Script} waits for another migration: the migration lock is held by {Holders}; waited {Seconds:F0} s so far")]
    private partial void Waits(string script, string holders, double seconds);

    [LoggerMessage(
        2023, LogLevel.Warning,
        "Migration {Script} got no lock within {Milliseconds} ms (attempt {Attempt}: {Reason}) and tries again; the oldest open "
            + "transactions are {Holders}")]
    private partial void LockNotGiven(string script, int milliseconds, int attempt, string reason, string holders);
}
