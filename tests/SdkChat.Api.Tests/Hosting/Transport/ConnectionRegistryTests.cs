using System.Buffers;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Api.Hosting.Transport;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Hosting.Transport;

/// <summary>Whose connection is closed for a new one, when two may be idle.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConnectionRegistryTests : IDisposable
{
    private readonly List<ConnectedSockets> _sockets = [];
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ConnectionRegistry _registry;

    public ConnectionRegistryTests() =>
        _registry = new ConnectionRegistry(
            most: 4, mostIdle: 2, new ConnectionMetrics(_services.GetRequiredService<IMeterFactory>()), _clock);

    public void Dispose()
    {
        _sockets.ForEach(sockets => sockets.Dispose());
        _services.Dispose();
    }

    [Test]
    public async Task Add_OneTooManyIdle_ClosesTheOldest()
    {
        for (var i = 0; i < 3; i++)
            await AddAsync();

        IsOpen().Should().Equal(false, true, true);
    }

    /// <summary>After the end of another node its streams arrive faster than they can be answered.</summary>
    [Test]
    public async Task Add_RequestsHaveArrived_ClosesNoneOfThem()
    {
        await AddAsync(sends: true);
        await AddAsync();
        await AddAsync(sends: true);
        IsOpen().Should().Equal([true, false, true], "the second has sent nothing");

        await AddAsync(sends: true);
        IsOpen().Should().Equal(true, false, true, true);
    }

    [Test]
    public async Task Add_RequestWasReadAndWaitsForAThread_IsClosedOnlyAfterAWhile()
    {
        await AddAsync(sends: true, reads: true);
        await AddAsync();
        await AddAsync();
        IsOpen().Should().Equal([true, false, true], "the first one's request is not yet parsed");

        _clock.Advance(TimeSpan.FromSeconds(6));
        await AddAsync();
        await AddAsync();
        IsOpen().Should().Equal([false, false, false, true, true], "a part of a request keeps no other client out");
    }

    [Test]
    public async Task Add_OneTooManyAndAllHaveRequests_ClosesTheNewOne()
    {
        for (var i = 0; i < 5; i++)
            await AddAsync(sends: true);

        IsOpen().Should().Equal(true, true, true, true, false);
    }

    private async Task AddAsync(bool sends = false, bool reads = false)
    {
        var sockets = await ConnectedSockets.OpenAsync();
        _sockets.Add(sockets);
        if (sends)
        {
            await sockets.Far.SendAsync("GET /"u8.ToArray());
            await Eventually.TrueAsync(() => sockets.Near.Available > 0);
        }

        var connection = new DetachableConnection(sockets.Near, MemoryPool<byte>.Shared, 0, _registry);
        if (reads)
        {
            connection.Start();
            await Eventually.TrueAsync(() => connection.HasRequestData(isUnread: false) && !connection.HasRequestData(isUnread: true));
        }
        else
        {
            _registry.Add(connection);
        }
    }

    private IEnumerable<bool> IsOpen() => _sockets.Select(sockets => !sockets.Near.SafeHandle.IsClosed);
}
