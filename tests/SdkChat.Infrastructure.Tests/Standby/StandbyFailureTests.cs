using System.Diagnostics.Metrics;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Standby;

/// <summary>
/// Which failures of a read end the use of the standby. Both servers are one database here, told apart by the name of the application.
/// </summary>
public sealed class StandbyFailureTests
{
    private const string Server = "select current_setting('application_name')";

    private readonly TenantId _tenant = new(Guid.NewGuid());

    private TestDatabase _test = null!;
    private FrozenProxy _proxy = null!;
    private NpgsqlDataSource _primary = null!;
    private NpgsqlDataSource _standby = null!;
    private ServiceProvider _metrics = null!;
    private StandbyState _state = null!;
    private HistoryDatabase _history = null!;

    [SetUp]
    public async Task SetUp()
    {
        _test = await TestDatabase.CreateAsync();
        _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _metrics.DisposeAsync();
        await _standby.DisposeAsync();
        await _primary.DisposeAsync();
        await _proxy.DisposeAsync();
        await _test.DisposeAsync();
    }

    [TestCase("select pg_sleep(600)", TestName = "Read_ThatExceedsTheTimeLimit_LeavesTheStandbyInUse")]
    [TestCase("set statement_timeout = 1; select pg_sleep(600)", TestName = "Read_ThatTheServerCancels_LeavesTheStandbyInUse")]
    public async Task Timeout(string statement)
    {
        Connect(settings => settings.CancellationTimeout = (int)Deadlines.Soon.TotalMilliseconds);

        (await ReadAsync(connection => connection.ExecuteAsync(statement, commandTimeout: 1))).Should().Be("primary");

        _state.IsUsable.Should().BeTrue();
        Fallbacks().Should().Equal(("timeout", 1));
    }

    [Test]
    public async Task Read_ThatGetsNoAnswer_EndsTheUse()
    {
        Connect(settings => settings.CancellationTimeout = 1);

        (await ReadAsync(connection =>
        {
            _proxy.Freeze();
            return connection.ExecuteAsync("select 1", commandTimeout: 1);
        })).Should().Be("primary");

        _state.IsUsable.Should().BeFalse();
        Fallbacks().Should().Equal(("failed", 1));
    }

    [Test]
    public async Task Read_ThatFindsThePoolExhausted_EndsTheUse()
    {
        Connect(settings => settings.Timeout = 1);
        await using var taken = await TakeAsync();

        (await ReadAsync(_ => Task.CompletedTask)).Should().Be("primary");

        _state.IsUsable.Should().BeFalse();
        Fallbacks().Should().Equal(("failed", 1));
    }

    private void Connect(Action<NpgsqlConnectionStringBuilder> more)
    {
        var settings = DataSourceFactory.Settings(_test.ConnectionString, new DatabaseOptions());
        settings.Timeout = settings.CommandTimeout = (int)Deadlines.Soon.TotalSeconds;
        _proxy = new FrozenProxy(settings.Host!, settings.Port);
        _primary = DataSourceFactory.Open(new(settings.ConnectionString) { ApplicationName = "primary" }, "primary");
        settings = new(settings.ConnectionString)
        {
            Host = "127.0.0.1", Port = _proxy.Port, SslMode = SslMode.Disable, ApplicationName = "standby", MaxPoolSize = 1,
        };
        more(settings);
        _standby = DataSourceFactory.Open(settings, "standby");
        _state = new StandbyState(TimeProvider.System, Deadlines.Never);
        var standby = new HistoryStandby(
            new Database(_standby), _state, new TenantChanges(TimeProvider.System),
            new StandbyMetrics(_metrics.GetRequiredService<IMeterFactory>(), _state), TimeProvider.System,
            NullLogger<HistoryStandby>.Instance);
        _history = new HistoryDatabase(new Database(_primary), standby);
        var (round, _) = _state.BeginRound();
        _state.Contains(round.At, round);
    }

    /// <summary>The only connection of the pool. A busy machine may need more than the limit to open it.</summary>
    private async Task<NpgsqlConnection> TakeAsync()
    {
        NpgsqlConnection? taken = null;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                taken = await _standby.OpenConnectionAsync();
            }
            catch (NpgsqlException)
            {
                // Again.
            }

            return taken is not null;
        });
        return taken!;
    }

    /// <summary>Does something on the standby first.</summary>
    private Task<string> ReadAsync(Func<NpgsqlConnection, Task> onStandby) => _history.RunAsync(
        _tenant,
        async connection =>
        {
            var server = (await connection.ExecuteScalarAsync<string>(Server))!;
            if (server == "standby")
                await onStandby(connection);
            return server;
        },
        default);

    private List<(string Reason, long Count)> Fallbacks()
    {
        var counts = new List<(string, long)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == _metrics.GetRequiredService<IMeterFactory>()
                    && instrument.Name == "sdkchat.history.fallbacks")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counts.Add(((string)tags[0].Value!, value)));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. counts.Where(count => count.Item2 > 0)];
    }
}
