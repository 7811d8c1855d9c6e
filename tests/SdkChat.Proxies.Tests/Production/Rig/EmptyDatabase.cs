using Dapper;
using Npgsql;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Rig;

/// <summary>A database without a table that the owner's role of the deployment owns.</summary>
internal sealed class EmptyDatabase : IAsyncDisposable
{
    private readonly string _name;

    private EmptyDatabase(string name, string connectionString) => (_name, ConnectionString) = (name, connectionString);

    public string ConnectionString { get; }

    /// <param name="connectionString">As the role that connects, to whichever database.</param>
    public static async Task<EmptyDatabase> CreateAsync(string connectionString)
    {
        var name = $"empty_{Guid.NewGuid():N}";
        await ExecuteAsync($"create database {name} owner {ProductionRig.Owner}");
        return new EmptyDatabase(name, new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString);
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"drop database {_name} with (force)");

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection((await TestPostgres.Shared).ConnectionString("postgres") + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }
}
