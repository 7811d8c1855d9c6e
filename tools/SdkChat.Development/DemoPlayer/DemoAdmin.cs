using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Threading.Channels;

namespace SdkChat.Development.DemoPlayer;

/// <summary>A tenant admin that opens the stream and prints its events.</summary>
internal sealed class DemoAdmin : IAsyncDisposable
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client;
    private readonly Channel<string> _seen = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _leave = new();
    private readonly DemoOutput _output;
    private Task _watching = Task.CompletedTask;

    private DemoAdmin(Uri url, string token, DemoOutput output)
    {
        _output = output;
        _client = new HttpClient { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Returns when the stream is ready.</summary>
    public static async Task<DemoAdmin> WatchAsync(Uri url, string token, DemoOutput output, CancellationToken cancellationToken)
    {
        var admin = new DemoAdmin(url, token, output);
        var body = await admin._client.GetStreamAsync("/api/v1/sdk-chat/events/stream", cancellationToken);
        admin._watching = admin.ReadAsync(body);
        await admin.SeesAsync("ready", cancellationToken);
        return admin;
    }

    /// <summary>Waits until an event of this name has arrived.</summary>
    public async Task SeesAsync(string name, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(WaitLimit);
        while (await _seen.Reader.ReadAsync(limit.Token) != name)
        {
            // Skip other events.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        await _watching;
        _client.Dispose();
        _leave.Dispose();
    }

    private async Task ReadAsync(Stream body)
    {
        try
        {
            await foreach (var item in SseParser.Create(body).EnumerateAsync(_leave.Token))
            {
                _output.Admin($"{item.EventType} {item.Data}");
                _seen.Writer.TryWrite(item.EventType);
            }
        }
        catch (OperationCanceledException) when (_leave.IsCancellationRequested)
        {
            // The demo has ended.
        }
    }
}
