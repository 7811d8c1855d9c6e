using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Makes the pool from the connection string and <see cref="DatabaseOptions"/>.</summary>
internal static class DataSourceFactory
{
    public static NpgsqlDataSource Create(string? connectionString, DatabaseOptions options) =>
        NpgsqlDataSource.Create(Settings(connectionString, options));

    /// <param name="name">What the pool is called in metrics; otherwise the connection string would be shown there.</param>
    public static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder settings, string name) =>
        new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name }.Build();

    /// <exception cref="InvalidOperationException">There is no connection string.</exception>
    public static NpgsqlConnectionStringBuilder Settings(string? connectionString, DatabaseOptions options)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new InvalidOperationException(
                $"No database: set ConnectionStrings__{DependencyInjection.ConnectionStringName} to a PostgreSQL connection string.");
        }

        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        SetDefault(settings, "Maximum Pool Size", options.MaxPoolSize);
        SetDefault(settings, "Timeout", options.ConnectTimeoutSeconds);
        SetDefault(settings, "Command Timeout", options.CommandTimeoutSeconds);
        // Dapper prepares nothing by itself. Every statement of this service is a constant, so there are few to keep.
        SetDefault(settings, "Max Auto Prepare", 64);
        SetDefault(settings, "Auto Prepare Min Usages", 2);
        // Nothing here leaves a setting, a lock or a listener behind in a session (SessionStateTests), so there is nothing for seven
        // statements to clean up each time a connection is taken from the pool: they cost more than a short query.
        SetDefault(settings, "No Reset On Close", true);
        SetDefault(settings, "Application Name", "sdkchat");
        return settings;
    }

    private static void SetDefault(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
            settings[keyword] = value;
    }
}
