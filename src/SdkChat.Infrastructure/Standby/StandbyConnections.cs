using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Standby;

/// <summary>The connections to the standby, and one of the monitor to each server, which an exhausted pool does not delay.</summary>
internal sealed class StandbyConnections : IAsyncDisposable, IDisposable
{
    /// <summary>The number of connections to the primary: one of the monitor.</summary>
    public const int ToPrimary = 1;

    private readonly TieredPool? _pool;
    private readonly NpgsqlDataSource? _standby;
    private readonly NpgsqlDataSource? _primary;

    public StandbyConnections(IConfiguration configuration, IOptions<DatabaseOptions> options)
    {
        if (configuration.GetConnectionString(DatabaseConnection.StandbyName) is not { } connectionString
            || string.IsNullOrWhiteSpace(connectionString))
            return;

        var settings = Settings(connectionString, options.Value);
        Reads = new Database(_pool = new TieredPool(settings, "standby"));
        Standby = new Database(_standby = Monitoring(settings, "standby-monitor", connections: 1));
        var primary = DataSourceFactory.Settings(configuration.GetConnectionString(DatabaseConnection.Name), options.Value);
        Primary = new Database(_primary = Monitoring(primary, "primary-monitor", ToPrimary));
    }

    /// <summary>Whether there is a standby for history reads.</summary>
    [MemberNotNullWhen(true, nameof(Reads), nameof(Standby), nameof(Primary))]
    public bool IsConfigured => Reads is not null;

    /// <summary>The standby, for history reads.</summary>
    public Database? Reads { get; }

    /// <summary>The standby, for the monitor.</summary>
    public Database? Standby { get; }

    /// <summary>The primary, for the monitor.</summary>
    public Database? Primary { get; }

    /// <summary>
    /// Opens new connections from now on: those that are open may lead to a server that was demoted, or that is no longer at the address.
    /// </summary>
    public void Clear()
    {
        if (!IsConfigured)
            return;
        using (var place = _pool!.Enter())
            place.ClearPool();
        _standby!.Clear();
        _primary!.Clear();
    }

    public void Dispose()
    {
        _pool?.Dispose();
        _standby?.Dispose();
        _primary?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsConfigured)
            return;
        await _pool!.DisposeAsync();
        await _standby!.DisposeAsync();
        await _primary!.DisposeAsync();
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString, DatabaseOptions options)
    {
        var settings = DataSourceFactory.Settings(connectionString, options);
        if (settings.Host?.Contains(',', StringComparison.Ordinal) == true)
        {
            throw new InvalidOperationException(
                $"ConnectionStrings__{DatabaseConnection.StandbyName} names several hosts: name one standby, since all reads must use "
                + "the same server.");
        }

        // A standby that does not answer delays a read by half of the limit at most, and the primary has the whole limit.
        settings.CommandTimeout = Math.Max(1, settings.CommandTimeout / 2);
        settings.Timeout = Math.Max(1, settings.Timeout / 2);
        return settings;
    }

    private static NpgsqlDataSource Monitoring(NpgsqlConnectionStringBuilder settings, string name, int connections) =>
        DataSourceFactory.Open(
            new NpgsqlConnectionStringBuilder(settings.ConnectionString) { MinPoolSize = 0, MaxPoolSize = connections }, name);
}
