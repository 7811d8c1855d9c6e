using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Live.Feed.Relay;
using SdkChat.Infrastructure.Live.Probe;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>A node without its web server: everything between the database and the streams' queues.</summary>
internal sealed class FeedNode : IAsyncDisposable
{
    private readonly IHost _host;

    private FeedNode(IHost host, TestLogs logs) => (_host, Logs) = (host, logs);

    public TestLogs Logs { get; }

    public bool IsLost => _host.Services.GetRequiredService<ProbeStatus>().IsFailing;

    public IEventSignal Signal => _host.Services.GetRequiredService<IEventSignal>();

    /// <summary>Whether it lives on what another node reads.</summary>
    public bool IsFollowing => _host.Services.GetRequiredService<IFeedRelay>().IsFollowing;

    /// <summary>Whether it reads for the others.</summary>
    public bool Leads => _host.Services.GetRequiredService<RelayElection>().Leads;

    public static async Task<FeedNode> StartAsync(string connectionString, params (string Name, string Value)[] settings)
    {
        var logs = new TestLogs();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection([new("Live:ProbeSeconds", "0"), new("Pipeline:BaseUrl", "http://127.0.0.1:9")])
            .AddInMemoryCollection(
            [
                new("ConnectionStrings:SdkChat", connectionString),
                // Longer than the longest interval between two reads.
                new("Live:FeedGraceSeconds", "300"),
                .. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)),
            ]);
        builder.Logging.SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<ILoggerProvider>(logs);
        builder.Services.AddApplication().AddInfrastructure();
        var host = builder.Build();
        await host.StartAsync();
        return new FeedNode(host, logs);
    }

    /// <summary>
    /// Ends a subscription at Redis, unnoticed by the node, as the client does if its connection breaks and is replaced at a bad moment.
    /// </summary>
    /// <param name="tenant">Null for the channel of the ends of batches.</param>
    public async Task LoseSubscriptionAsync(Guid? tenant = null)
    {
        var link = _host.Services.GetRequiredService<RedisLink>();
        var subscriber = await link.SubscriberAsync(CancellationToken.None);
        await subscriber.UnsubscribeAsync(tenant is { } whose ? link.Parts(whose) : link.Ends);
    }

    /// <summary>How often it read what the relay did not bring.</summary>
    public int Gaps => Logs.Entries.Count(entry => entry.Text.StartsWith("The relayed batch does not", StringComparison.Ordinal));

    /// <summary>What verbs work with: the service's parts, none of them running.</summary>
    public static ServiceProvider Services(string connectionString) => new ServiceCollection()
        .AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:SdkChat", connectionString)]).Build())
        .AddLogging().AddApplication().AddInfrastructure().BuildServiceProvider();

    /// <summary>Until it hears what other nodes say, <paramref name="times"/> times over.</summary>
    public Task HearsAsync(int times = 1) =>
        Eventually.TrueAsync(
            () => Task.FromResult(Logs.Entries.Count(entry => entry.Text.StartsWith("LISTEN works", StringComparison.Ordinal)) >= times));

    /// <summary>A stream that has said <c>ready</c>.</summary>
    public ISseStream Open(Guid tenant, LiveEvents kinds = LiveEvents.Default)
    {
        var stream = (ISseStream)_host.Services.GetRequiredService<ILiveStreams>()
            .Open(new TenantId(tenant), new StreamFilter(kinds), null);
        stream.TryRead(out var first);
        System.Text.Encoding.ASCII.GetString(first.Span).Should().EndWith("event: ready\ndata: {}\n\n");
        return stream;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
