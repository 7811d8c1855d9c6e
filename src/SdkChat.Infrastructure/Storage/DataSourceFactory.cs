using Dapper;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Makes the pool from the connection string and <see cref="DatabaseOptions"/>.</summary>
internal static class DataSourceFactory
{
    /// <summary>Seconds between two questions to a peer that has not answered the first.</summary>
    private const int KeepAliveInterval = 2;

    public static NpgsqlDataSource Create(string? connectionString, DatabaseOptions options) => Open(Settings(connectionString, options), name: null);

    /// <param name="name">What the pool is called in metrics; otherwise the connection string would be shown there.</param>
    /// <param name="more">A statement that each session begins with, beside <see cref="SessionSql.Session"/>.</param>
    public static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder settings, string? name, string? more = null)
    {
        // As a statement: a pooler refuses the start-up parameter.
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { SearchPath = null };
        var begin = more is null ? SessionSql.Session(settings.SearchPath) : $"{SessionSql.Session(settings.SearchPath)}; {more}";
        return new NpgsqlDataSourceBuilder(own.ConnectionString) { Name = name }
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
        // Dapper prepares nothing by itself. Every statement of this service is a constant, so there are few to keep.
        SetDefault(settings, "Max Auto Prepare", 64);
        SetDefault(settings, "Auto Prepare Min Usages", 2);
        // A reset would take away the settings that each session begins with. Nothing here leaves another setting, a lock or a listener
        // behind (SessionStateTests), so there is nothing for seven statements to clean up each time a connection is taken from the pool.
        settings.NoResetOnClose = true;
        SetDefault(settings, "Application Name", "sdkchat");
        KeepAlive(settings, options);
        return settings;
    }

    /// <summary>By the kernel, which costs no statement: a connection that waits in the pool is not forgotten on the way, or is known to be dead.</summary>
    private static void KeepAlive(NpgsqlConnectionStringBuilder settings, DatabaseOptions options)
    {
        if (settings.ShouldSerialize("Tcp Keepalive") || IsOnThisMachine(settings.Host))
            return;

        settings.TcpKeepAlive = true;
        SetDefault(settings, "Tcp Keepalive Time", options.KeepAliveSeconds);
        SetDefault(settings, "Tcp Keepalive Interval", KeepAliveInterval);
    }

    /// <summary>Whether a Unix socket is among the hosts, for which Npgsql would fail to set what is TCP's.</summary>
    private static bool IsOnThisMachine(string? hosts) => hosts is null || hosts.Split(',').Any(host => host.Trim().StartsWith('/'));

    private static void SetDefault(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
            settings[keyword] = value;
    }
}
