using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Runs statements: the one place that opens connections, and that tells "storage is away" from every other failure.
/// </summary>
internal sealed class Database(TieredPool pool)
{
    /// <summary>snake_case columns to PascalCase members, for every row type, and before Dapper has seen the first: it remembers what it saw.</summary>
    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public Database(NpgsqlDataSource source)
        : this(new TieredPool(source))
    {
    }

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<T>>(
            async connection => (await connection.QueryAsync<T>(Command(sql, parameters, cancellationToken))).AsList(),
            cancellationToken);

    public Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync(
            connection => connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters, cancellationToken)),
            cancellationToken);

    /// <summary>For a row with something large in it, which goes from the connection to where it is to lie.</summary>
    /// <param name="map">Makes of the row what is asked for; it must take the columns in their order.</param>
    public Task<T?> ReadSingleOrDefaultAsync<T>(
        string sql, object? parameters, Func<DbDataReader, CancellationToken, Task<T>> map, CancellationToken cancellationToken)
        where T : class => RunAsync(
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

    /// <summary>Hands out an open connection for what the other members do not cover.</summary>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            using var place = pool.Enter();
            await using var connection = await place.OpenAsync(cancellationToken);
            return await work(connection);
        }
        catch (Exception exception) when (Unavailability.Explains(exception))
        {
            throw new UnavailableException(exception);
        }
    }

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, commandType: CommandType.Text, cancellationToken: cancellationToken);
}
