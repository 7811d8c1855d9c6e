using System.Data;
using System.Data.Common;
using System.Runtime.ExceptionServices;
using Dapper;
using Npgsql;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Runs statements. Only this class opens connections and separates outages from other failures. If the connection of a <c>Query…</c> or
/// <c>Read…</c> member has ended, the statement is repeated on a new connection, in a read-only transaction: the server refuses a statement
/// that writes, so it is never executed twice.
/// </summary>
internal sealed class Database(TieredPool pool, DatabaseFailures? failures = null)
{
    /// <summary>The maximum number of repetitions of a read. A statement that crashes its server process must not crash many.</summary>
    private const int MaxRepeats = 2;

    /// <summary>
    /// Maps snake_case columns to PascalCase members. In the static constructor, since Dapper caches the mapping of each row type.
    /// </summary>
    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public Database(NpgsqlDataSource source)
        : this(new TieredPool(source))
    {
    }

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        RepeatableAsync<IReadOnlyList<T>>(
            async connection => (await connection.QueryAsync<T>(Command(sql, parameters, cancellationToken))).AsList(),
            cancellationToken);

    public Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        RepeatableAsync(
            connection => connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters, cancellationToken)),
            cancellationToken);

    /// <summary>For rows that are read column by column instead of mapped by Dapper.</summary>
    /// <param name="read">Reads all rows.</param>
    public Task<T> ReadAsync<T>(
        string sql, object? parameters, Func<DbDataReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        ReadAsync(sql, parameters, CommandBehavior.SingleResult, read, cancellationToken);

    /// <summary>For a row with a large value, which is copied directly from the connection to its destination.</summary>
    /// <param name="map">Creates the result from the row; it must read the columns in their order.</param>
    public Task<T?> ReadSingleOrDefaultAsync<T>(
        string sql, object? parameters, Func<DbDataReader, CancellationToken, Task<T>> map, CancellationToken cancellationToken)
        where T : class => ReadAsync(
            sql, parameters, CommandBehavior.SequentialAccess | CommandBehavior.SingleRow,
            async (row, cancelled) => await row.ReadAsync(cancelled) ? await map(row, cancelled) : null,
            cancellationToken);

    /// <returns>The number of changed rows.</returns>
    public Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync(connection => connection.ExecuteAsync(Command(sql, parameters, cancellationToken)), cancellationToken);

    /// <summary>Passes an open connection to work that the other members do not cover. Never repeated.</summary>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            using var place = pool.Enter();
            return await OnceAsync(place, work, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFailure.IsOutage(exception))
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>For a <see cref="BatchReader{TKey,TResult}"/>.</summary>
    public void BatchFailed(Exception exception) => failures?.BatchFailed(exception);

    private Task<T> ReadAsync<T>(
        string sql, object? parameters, CommandBehavior behavior, Func<DbDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken) =>
        RepeatableAsync(
            async connection =>
            {
                await using var reader = await connection.ExecuteReaderAsync(Command(sql, parameters, cancellationToken), behavior);
                return await read(reader, cancellationToken);
            },
            cancellationToken);

    private async Task<T> RepeatableAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            using var place = pool.Enter();
            try
            {
                return await OnceAsync(place, read, cancellationToken);
            }
            catch (Exception exception) when (DatabaseFailure.IsConnectionLost(exception))
            {
                failures?.Retried();
                return await AgainAsync(place, read, exception, cancellationToken);
            }
        }
        catch (Exception exception) when (DatabaseFailure.IsOutage(exception))
        {
            throw Unavailable(exception);
        }
    }

    private static async Task<T> OnceAsync<T>(
        TieredPool.Place place, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await place.OpenAsync(cancellationToken);
            try
            {
                return await work(connection);
            }
            catch (NpgsqlException exception)
                when (exception.InnerException is TimeoutException && connection.State == ConnectionState.Open)
            {
                throw new StatementTimeoutException(exception);
            }
        }
        catch (Exception exception) when (DatabaseFailure.IsConnectionLost(exception))
        {
            // The cause has most likely ended the idle connections in the pool too.
            place.ClearPool();
            throw;
        }
        catch (Exception exception) when (DatabaseFailure.IsReadOnly(exception))
        {
            place.ClearPoolNowAndThen();
            throw;
        }
    }

    /// <param name="first">The failure of the first attempt, which is thrown if the statement writes.</param>
    private static async Task<T> AgainAsync<T>(
        TieredPool.Place place, Func<NpgsqlConnection, Task<T>> read, Exception first, CancellationToken cancellationToken)
    {
        for (var repeats = 1; ; repeats++)
        {
            try
            {
                return await ReadOnlyAsync(place, read, cancellationToken);
            }
            catch (Exception exception) when (DatabaseFailure.IsReadOnly(exception))
            {
                ExceptionDispatchInfo.Throw(first);
                throw;
            }
            catch (Exception exception) when (repeats < MaxRepeats && DatabaseFailure.IsConnectionLost(exception))
            {
                // Repeat.
            }
        }
    }

    private static async Task<T> ReadOnlyAsync<T>(
        TieredPool.Place place, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginReadOnlyAsync(place, cancellationToken);
        await using var connection = transaction.Connection!;
        var result = await read(connection);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>
    /// Opens a connection, which the caller must dispose of, and begins a read-only transaction on it. The server may have closed many
    /// connections of the pool: one that fails here is removed from the pool and does not count as a repetition, since the statement was
    /// not sent on it.
    /// </summary>
    private static async Task<NpgsqlTransaction> BeginReadOnlyAsync(TieredPool.Place place, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            var connection = await place.OpenAsync(cancellationToken);
            try
            {
                var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await connection.ExecuteAsync(Command(TransactionSql.ReadOnly, null, cancellationToken));
                return transaction;
            }
            catch (Exception exception)
            {
                await connection.DisposeAsync();
                if (failures >= place.PoolSize || !DatabaseFailure.IsConnectionLost(exception))
                    throw;
            }
        }
    }

    private UnavailableException Unavailable(Exception exception)
    {
        failures?.Failed(exception);
        return new UnavailableException(exception, DatabaseFailure.Describe(exception));
    }

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellationToken)
    {
        var text = sql;
        if (parameters is INumberedParameters numbered)
        {
            var statement = NumberedStatement.Get(sql);
            (text, parameters) = (statement.Text, new NumberedParameters(statement, numbered));
        }

        return new(text, parameters, commandType: CommandType.Text, cancellationToken: cancellationToken);
    }
}
