using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>An empty database, as its owner, and what tests of migrations do with one.</summary>
internal sealed class FreshDatabase : IAsyncDisposable
{
    private readonly TestPostgres _postgres;

    private FreshDatabase(TestPostgres postgres, string name) => (_postgres, Name) = (postgres, name);

    public string Name { get; }

    public string ConnectionString => _postgres.ConnectionString(Name) + ";Pooling=false";

    public static async Task<FreshDatabase> CreateAsync()
    {
        var database = new FreshDatabase(
            await TestPostgres.Shared, string.Create(CultureInfo.InvariantCulture, $"fresh_{Guid.NewGuid():n}"));
        await database.OutsideAsync($"create database {database.Name}");
        return database;
    }

    /// <summary>With this build's schema up to and with the scripts of a number, such as 12.</summary>
    public static async Task<FreshDatabase> CreateAtAsync(int number)
    {
        var database = await CreateAsync();
        await database.MigrateAsync(MigrationScript.All.TakeWhile(script => Number(script) <= number));
        return database;
    }

    public static int Number(MigrationScript script) => int.Parse(script.Name.Split('.')[^2][..4], CultureInfo.InvariantCulture);

    /// <param name="scripts">All of this build's where there are none.</param>
    public Task<int> MigrateAsync(
        IEnumerable<MigrationScript>? scripts = null, MigrationOptions? options = null, ILogger<SchemaMigrator>? logger = null) =>
        Migrator(scripts, options, logger).MigrateAsync(ConnectionString, default);

    public static SchemaMigrator Migrator(
        IEnumerable<MigrationScript>? scripts, MigrationOptions? options, ILogger<SchemaMigrator>? logger) =>
        new(logger ?? NullLogger<SchemaMigrator>.Instance, Options.Create(
            options ?? new MigrationOptions())) { Own = [.. scripts ?? MigrationScript.All] };

    public async Task<NpgsqlConnection> OpenAsync(string more = "")
    {
        var connection = new NpgsqlConnection(ConnectionString + more);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync(sql);
    }

    /// <summary>As the server's superuser, in another database.</summary>
    public async Task OutsideAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_postgres.ConnectionString("postgres") + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }

    public async ValueTask DisposeAsync() => await OutsideAsync($"drop database if exists {Name} with (force)");
}
