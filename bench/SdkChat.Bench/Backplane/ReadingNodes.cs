using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SdkChat.Application.Live;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Bench.Backplane;

/// <summary>Nodes without web servers, each with one stream of the tenant, and a writer whose events all of them must get.</summary>
internal sealed class ReadingNodes : IAsyncDisposable
{
    private const string Insert =
        """
        insert into chat_event (tenant_id, chat_id, profile_id, kind, created_at)
        values (@tenant, gen_random_uuid(), gen_random_uuid(), 'chat_completed', now())
        """;

    private readonly Guid _tenant = Guid.NewGuid();
    private readonly List<IHost> _nodes = [];
    private readonly List<ISseStream> _streams = [];
    private readonly NpgsqlConnection _writer;

    private ReadingNodes(NpgsqlConnection writer) => _writer = writer;

    /// <param name="redis">Where to relay; null for PostgreSQL alone.</param>
    public static async Task<ReadingNodes> StartAsync(
        string connectionString, string? redis, int count, CancellationToken cancellationToken)
    {
        var writer = new NpgsqlConnection(connectionString + ";Pooling=false;Max Auto Prepare=4");
        await writer.OpenAsync(cancellationToken);
        var nodes = new ReadingNodes(writer);
        // Streams of a tenant that does not exist would be ended.
        await writer.ExecuteAsync(
            "insert into tenant (tenant_id, code, name, enabled) values (@tenant, 't-' || @tenant, 'bench', true)",
            new { tenant = nodes._tenant });
        for (var node = 0; node < count; node++)
            await nodes.AddAsync(connectionString, redis, cancellationToken);
        return nodes;
    }

    /// <summary>Writes so many events a second, waits until every node has every one, and says how many there were.</summary>
    public async Task<int> WriteAsync(int perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var events = (int)(perSecond * duration.TotalSeconds);
        var readers = _streams.Select(stream => Task.Run(() => CountAsync(stream, events), cancellationToken)).ToArray();
        await foreach (var number in Pace.KeepAsync(perSecond, events, cancellationToken))
        {
            await _writer.ExecuteAsync(Insert, new { tenant = _tenant });
            // The change was made on any of the nodes.
            _nodes[number % _nodes.Count].Services.GetRequiredService<IEventSignal>().EventsCommitted();
        }

        await Task.WhenAll(readers);
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        _streams.ForEach(stream => stream.Dispose());
        await Task.WhenAll(_nodes.Select(node => node.StopAsync()));
        _nodes.ForEach(node => node.Dispose());
        await _writer.DisposeAsync();
    }

    private async Task AddAsync(string connectionString, string? redis, CancellationToken cancellationToken)
    {
        var node = NodeHost.Create(
            connectionString, new("Backplane", redis is null ? "postgres" : "redis"), new("ConnectionStrings:Redis", redis)).Build();
        await node.StartAsync(cancellationToken);
        _nodes.Add(node);
        _streams.Add(await OpenAsync(node.Services.GetRequiredService<ILiveStreams>(), cancellationToken));
    }

    /// <summary>A node that has not come to read yet only says when to come back.</summary>
    private async Task<ISseStream> OpenAsync(ILiveStreams streams, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stream = (ISseStream)streams.Open(new TenantId(_tenant), StreamFilter.Default, null);
            await stream.WaitAsync();
            if (stream.TryRead(out var frame) && frame.Span.IndexOf("event: ready"u8) >= 0)
                return stream;
            stream.Dispose();
            await Task.Delay(50, cancellationToken);
        }
    }

    private static async Task CountAsync(ISseStream stream, int count)
    {
        while (count > 0)
        {
            if (!await stream.WaitAsync())
                throw new InvalidOperationException("A stream has ended while it was measured.");
            while (stream.TryRead(out var frame))
                count -= frame.Span.Count("event: chat_completed"u8);
        }
    }
}
