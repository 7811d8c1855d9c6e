using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats.Indexing;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.TestSupport;

/// <summary>
/// A fresh database with the schema of this build: a copy of one that was migrated once. The service connects to it as a role
/// that may do no more than it must, so that every test of the service is a test of that role.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly SemaphoreSlim OneCopyAtATime = new(1);

    /// <summary>For a busy machine: that it takes long is no fault of what is tested.</summary>
    public static DatabaseOptions Options { get; } = new() { ConnectTimeoutSeconds = 60, CommandTimeoutSeconds = 120 };

    /// <summary>
    /// Until the end of the transaction that executes it. The worker reads profiles once a second, also where there is nothing to add.
    /// </summary>
    public static string KeepSearchIndexWorkerAway { get; } = $"select pg_advisory_xact_lock({SearchIndex.AdvisoryLock})";

    private readonly TestPostgres _postgres;
    private readonly string _name;

    private TestDatabase(TestPostgres postgres, string name) => (_postgres, _name) = (postgres, name);

    /// <summary>As the service connects.</summary>
    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(OwnerConnectionString)
        {
            Username = TestCluster.ServiceRole, Password = TestCluster.ServicePassword,
        }.ConnectionString;

    /// <summary>As the owner of everything connects: for what goes past the service.</summary>
    public string OwnerConnectionString => _postgres.ConnectionString(_name);

    /// <summary>The owner's connection string for a database of which the service's is known.</summary>
    internal static async Task<string> OwnerOfAsync(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return settings.Username == TestCluster.ServiceRole
            ? (await TestPostgres.Shared).ConnectionString(settings.Database!)
            : connectionString;
    }

    public static async Task<TestDatabase> CreateAsync()
    {
        var postgres = await TestPostgres.Shared;
        var name = $"test_{Guid.NewGuid():N}";
        // PostgreSQL refuses to copy a database that somebody else is copying.
        await OneCopyAtATime.WaitAsync();
        try
        {
            // Copying through the write-ahead log, which is the default, takes twice the processor time for a small database.
            await ExecuteAsync(postgres, $"create database {name} template {TestCluster.Database} strategy file_copy");
        }
        finally
        {
            OneCopyAtATime.Release();
        }

        return new TestDatabase(postgres, name);
    }

    public async ValueTask DisposeAsync()
    {
        // Its own connections only: the databases of other tests are in use, and would need a new server process for each.
        foreach (var connectionString in new[] { ConnectionString, OwnerConnectionString })
            NpgsqlConnection.ClearPool(new NpgsqlConnection(connectionString));
        await ExecuteAsync(_postgres, $"drop database if exists {_name} with (force)");
    }

    /// <summary>On a connection that stays in its pool: a server process for each statement would take longer than the statement.</summary>
    private static async Task ExecuteAsync(TestPostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString("postgres"));
        await connection.ExecuteAsync(sql);
    }
}
