using Dapper;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Creates the pool from the connection string and <see cref="DatabaseOptions"/>.</summary>
internal static class DataSourceFactory
{
    /// <summary>Seconds between two keep-alive probes to a peer that has not replied.</summary>
    private const int KeepAliveInterval = 2;

    public static NpgsqlDataSource Create(string? connectionString, DatabaseOptions options) =>
        Open(Settings(connectionString, options), name: null);

    /// <param name="name">The name of the pool in metrics. Without one, the connection string would be shown there.</param>
    /// <param name="more">A statement that runs at the beginning of each session, after <see cref="SessionSql.Session"/>.</param>
    public static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder settings, string? name, string? more = null)
    {
        // Set by a statement: a pooler refuses the start-up parameter.
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { SearchPath = null };
        var begin = more is null ? SessionSql.Session(settings.SearchPath) : $"{SessionSql.Session(settings.SearchPath)}; {more}";
        return new NpgsqlDataSourceBuilder(own.ConnectionString) { Name = name }
            // All values are of built-in types. Otherwise the first connection of each pool would read the catalogue of types.
            .ConfigureTypeLoading(loading => loading.EnableTypeLoading(false))
            .UsePhysicalConnectionInitializer(
                connection =>
                {
                    ConnectionWatch.Shared.Add(connection);
                    connection.Execute(begin);
                },
                connection =>
                {
                    ConnectionWatch.Shared.Add(connection);
                    return connection.ExecuteAsync(begin);
                })
            .Build();
    }

    /// <exception cref="InvalidOperationException">There is no connection string.</exception>
    public static NpgsqlConnectionStringBuilder Settings(string? connectionString, DatabaseOptions options)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new InvalidOperationException(
                $"No database: set ConnectionStrings__{DatabaseConnection.Name} to a PostgreSQL connection string.");
        }

        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        SetDefault(settings, "Maximum Pool Size", options.MaxPoolSize);
        SetDefault(settings, "Timeout", options.ConnectTimeoutSeconds);
        SetDefault(settings, "Command Timeout", options.CommandTimeoutSeconds);
        // Dapper prepares no statements. All statements of this service are constants, so only a few are kept.
        SetDefault(settings, "Max Auto Prepare", 64);
        SetDefault(settings, "Auto Prepare Min Usages", 2);
        // A reset would remove the settings of the session. No statement here leaves another setting, a lock or a listener
        // behind (SessionStateTests), so the seven statements of a reset for each use of a connection are not needed.
        settings.NoResetOnClose = true;
        SetDefault(settings, "Application Name", "sdkchat");
        KeepAlive(settings, options);
        return settings;
    }

    /// <summary>
    /// Enables keep-alive in the kernel, which costs no statement. Firewalls then keep idle connections, and a broken one is noticed.
    /// </summary>
    private static void KeepAlive(NpgsqlConnectionStringBuilder settings, DatabaseOptions options)
    {
        if (settings.ShouldSerialize("Tcp Keepalive") || IsOnThisMachine(settings.Host))
            return;

        settings.TcpKeepAlive = true;
        SetDefault(settings, "Tcp Keepalive Time", options.KeepAliveSeconds);
        SetDefault(settings, "Tcp Keepalive Interval", KeepAliveInterval);
    }

    /// <summary>Whether the hosts include a Unix socket, for which Npgsql cannot set TCP options.</summary>
    private static bool IsOnThisMachine(string? hosts) => hosts is null || hosts.Split(',').Any(host => host.Trim().StartsWith('/'));

    private static void SetDefault(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
            settings[keyword] = value;
    }
}
