using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using SdkChat.Faults.Rig;

namespace SdkChat.Faults.Load;

/// <summary>An admin's page: it watches, and comes back whenever its stream ends, after as long as it was asked to wait.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private static readonly Uri Stream = new("/api/v1/sdk-chat/events/stream", UriKind.Relative);

    private readonly HttpClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private readonly List<WatcherSession> _sessions = [];
    private TimeSpan _retry = TimeSpan.FromSeconds(1);

    /// <param name="isProxied">Whether it comes to another node when one is gone.</param>
    public Watcher(Uri server, RigTenant tenant, bool isProxied)
    {
        (Tenant, IsProxied) = (tenant, isProxied);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
        {
            BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tenant.AdminToken);
        _watching = Task.Run(WatchAsync);
    }

    public RigTenant Tenant { get; }

    public bool IsProxied { get; }

    /// <summary>
    /// What no client should see: answers that make an <c>EventSource</c> give up (but for what a proxy says of a dead node), events before
    /// <c>ready</c>.
    /// </summary>
    public ConcurrentBag<string> Oddities { get; } = [];

    /// <summary>Every stream it has had, in order.</summary>
    public IReadOnlyList<WatcherSession> Sessions
    {
        get
        {
            lock (_sessions)
                return [.. _sessions];
        }
    }

    public bool IsConnected => Sessions is [.., { IsOpen: true }];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // Cut off, or nobody there: it comes back.
            }

            await Task.Delay(_retry * (0.8 + (0.4 * Random.Shared.NextDouble())), _stop.Token)
                .ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task ConnectAsync()
    {
        using var response = await _client.GetAsync(Stream, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
        if (!response.IsSuccessStatusCode)
        {
            if (response.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout))
                Oddities.Add($"a stream was answered {(int)response.StatusCode}");
            return;
        }

        await using var body = await response.Content.ReadAsStreamAsync(_stop.Token);
        var parser = SseParser.Create(body);
        WatcherSession? session = null;
        try
        {
            await foreach (var item in parser.EnumerateAsync(_stop.Token))
            {
                if (item.EventType == "ready")
                    Add(session = new WatcherSession(TimeProvider.System.GetUtcNow()));
                else if (session is null)
                    Oddities.Add($"'{item.EventType}' came before ready");
                else if (item.EventType != "ping")
                    session.Add(EventIdentity.From(item.EventType, item.Data));
            }
        }
        finally
        {
            session?.End();
            if (parser.ReconnectionInterval > TimeSpan.Zero)
                _retry = parser.ReconnectionInterval;
        }
    }

    private void Add(WatcherSession session)
    {
        lock (_sessions)
            _sessions.Add(session);
    }
}
