namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>Starts an embedded server again after it has ended by itself, and prints why it ended and what to do.</summary>
internal sealed class ServerWatch : IAsyncDisposable
{
    /// <summary>Before each start, so that a server that ends at once is not started all the time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    public ServerWatch(EmbeddedPostgresServer server, TextWriter output, TimeProvider clock) =>
        _watching = WatchAsync(server, output, clock, _stop.Token);

    /// <summary>Ends the watch. The server is then running or stopped, not in between.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private static async Task WatchAsync(EmbeddedPostgresServer server, TextWriter output, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await server.WaitForEndAsync(stop);
                await output.WriteLineAsync(
                    $"sdkchat: The embedded PostgreSQL has ended: {server.ExplainEnd()}. It is started again every {Pause.TotalSeconds:0} "
                    + $"s.");
                while (!await TryStartAsync(server, clock, stop))
                {
                    // The reason was printed already, and rarely changes.
                }

                await output.WriteLineAsync("sdkchat: The embedded PostgreSQL runs again.");
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private static async Task<bool> TryStartAsync(EmbeddedPostgresServer server, TimeProvider clock, CancellationToken stop)
    {
        await Task.Delay(Pause, clock, stop);
        try
        {
            await server.StopAsync();
            await server.StartAsync(stop);
            return true;
        }
        catch (Exception exception) when (exception is EmbeddedPostgresException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
