using System.Net.Sockets;
using Npgsql;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>What the kernel is told about the service's connections. An update of Npgsql that moves its socket fails here.</summary>
public sealed class ConnectionSocketTests
{
    private TestDatabase _test = null!;

    [SetUp]
    public async Task SetUp() => _test = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task TearDown() => await _test.DisposeAsync();

    [Test]
    public async Task Connections_OverTcp_AreKeptAlive()
    {
        await using var proxy = Proxy(out var settings, new DatabaseOptions { KeepAliveSeconds = 13 });
        await using var source = DataSourceFactory.Open(settings, "test");

        await using var connection = await source.OpenConnectionAsync();

        var socket = ConnectionSocket.Find(connection);
        socket.Should().NotBeNull();
        int Option(SocketOptionName name) => (int)socket!.GetSocketOption(SocketOptionLevel.Tcp, name)!;
        Option(SocketOptionName.TcpKeepAliveTime).Should().Be(13);
        Option(SocketOptionName.TcpKeepAliveInterval).Should().Be(2);
        Option(SocketOptionName.TcpKeepAliveRetryCount).Should().Be(3);
        ((int)socket!.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!).Should().NotBe(0);
    }

    /// <summary>Longer than the watch waits: the host of a server that is busy acknowledges.</summary>
    [Test]
    public async Task Statement_ThatIsSlow_IsNotTakenForALostConnection()
    {
        await using var proxy = Proxy(out var settings, new DatabaseOptions());
        await using var pool = new TieredPool(settings, "test");
        var database = new Database(pool);
        var session = await database.QuerySingleOrDefaultAsync<int>("select pg_backend_pid()", null, default);

        (await database.QuerySingleOrDefaultAsync<int>("select pg_backend_pid() from pg_sleep(5)", null, default)).Should().Be(session);
    }

    [Test]
    public async Task Connections_OverAUnixSocket_Work()
    {
        await using var source = DataSourceFactory.Open(DataSourceFactory.Settings(_test.ConnectionString, new DatabaseOptions()), "test");

        await using var connection = await source.OpenConnectionAsync();
        ConnectionSocket.Find(connection).Should().BeNull();
    }

    [Test]
    public void Settings_OfTheConnectionString_Win()
    {
        var settings = DataSourceFactory.Settings("Host=db;Tcp Keepalive=false", new DatabaseOptions());
        settings.TcpKeepAlive.Should().BeFalse();
        settings.TcpKeepAliveTime.Should().Be(0);
        DataSourceFactory.Settings("Host=db;Tcp Keepalive Time=99", new DatabaseOptions()).TcpKeepAliveTime.Should().Be(99);
    }

    private FrozenProxy Proxy(out NpgsqlConnectionStringBuilder settings, DatabaseOptions options)
    {
        var own = new NpgsqlConnectionStringBuilder(_test.ConnectionString);
        var proxy = new FrozenProxy(own.Host!, own.Port);
        (own.Host, own.Port) = ("127.0.0.1", proxy.Port);
        settings = DataSourceFactory.Settings(own.ConnectionString, options);
        return proxy;
    }
}
