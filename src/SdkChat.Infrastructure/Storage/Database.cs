using System.Data;
using System.Data.Common;
using System.Runtime.ExceptionServices;
using Dapper;
using Npgsql;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Runs statements: the one place that opens connections, and that tells "storage is away" from every other failure. What is asked for
/// with a <c>Query…</c> or <c>Read…</c> member is asked again, on a fresh connection, where the first had ended. The repetition is a
/// read-only transaction: a statement that writes is refused there by the server itself, and so is never carried out twice.
/// </summary>
internal sealed class Database(TieredPool pool, DatabaseFailures? failures = null)
{
    /// <summary>How often a read is sent again at most. A statement that crashes its server process must not crash many.</summary>
    private const int MaxRepeats = 2;

    /// <summary>snake_case columns to PascalCase members, for every row type, and before Dapper has seen the first: it remembers what it saw.</summary>
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

    /// <summary>For a row with something large in it, which goes from the connection to where it is to lie.</summary>
    /// <param name="map">Makes of the row what is asked for; it must take the columns in their order.</param>
    public Task<T?> ReadSingleOrDefaultAsync<T>(
        string sql, object? parameters, Func<DbDataReader, CancellationToken, Task<T>> map, CancellationToken cancellationToken)
        where T : class => RepeatableAsync(
            async connection =>
            {
                await using var reader = await connection.ExecuteReaderAsync(
                    Command(sql, parameters, cancellationToken), CommandBehavior.SequentialAccess | CommandBehavior.SingleRow);
                return await reader.ReadAsync(cancellationToken) ? await map(reader, cancellationToken) : null;
            },
            cancellationToken);

    /// <returns>How many rows were changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync(connection => connection.ExecuteAsync(Command(sql, parameters, cancellationToken)), cancellationToken);

    /// <summary>Hands out an open connection for what the other members do not cover. Never repeated.</summary>
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

    private static async Task<T> OnceAsync<T>(TieredPool.Place place, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await place.OpenAsync(cancellationToken);
            return await work(connection);
        }
        catch (Exception exception) when (DatabaseFailure.IsConnectionLost(exception))
        {
            // Whatever ended this connection has most likely ended those that wait in the pool.
            place.ClearPool();
            throw;
        }
        catch (Exception exception) when (DatabaseFailure.IsReadOnly(exception))
        {
            place.ClearPoolNowAndThen();
            throw;
        }
    }

    /// <param name="first">The failure of the first attempt, which is reported for a statement that writes.</param>
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
                // Sent once more.
            }
        }
    }

    private static async Task<T> ReadOnlyAsync<T>(TieredPool.Place place, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginReadOnlyAsync(place, cancellationToken);
        await using var connection = transaction.Connection!;
        var result = await read(connection);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>
    /// Opens a connection, which is the caller's to dispose of, and begins a read-only transaction on it. The server may have ended many connections
    /// of the pool: one that fails here leaves the pool, and does not count as a repeat of the read, which was not sent on it.
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

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, commandType: CommandType.Text, cancellationToken: cancellationToken);
}
