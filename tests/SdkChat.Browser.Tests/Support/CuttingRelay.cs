using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SdkChat.Browser.Tests.Support;

/// <summary>
/// Passes bytes on to the service. The response to the first request for <paramref name="path"/> stops after some bytes, until
/// <see cref="Cut"/> resets its connection.
/// </summary>
internal sealed class CuttingRelay(Uri service, string path, int bytes) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private Task _accepting = Task.CompletedTask;
    private readonly TaskCompletionSource _cut = new();
    private int _isChosen;

    public Uri Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
    }

    public void Cut() => _cut.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient browser)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using (browser)
        using (var upstream = new TcpClient())
        {
            try
            {
                await upstream.ConnectAsync(service.Host, service.Port, both.Token);
                var chosen = new Chosen();
                await Task.WhenAny(
                    PassAsync(browser.GetStream(), upstream.GetStream(), part => Watch(part, chosen), both.Token),
                    PassAsync(
                        upstream.GetStream(), browser.GetStream(), part => chosen.Left == int.MaxValue || (chosen.Left -= part.Length) > 0,
                        both.Token));
                if (chosen.Left <= 0)
                {
                    await _cut.Task.WaitAsync(both.Token);
                    browser.Client.LingerState = new LingerOption(enable: true, seconds: 0);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The test is over, or the service is.
            }

            await both.CancelAsync();
        }
    }

    private bool Watch(ReadOnlySpan<byte> request, Chosen chosen)
    {
        if (Encoding.ASCII.GetString(request).Contains($"GET {path}", StringComparison.Ordinal)
            && Interlocked.Exchange(ref _isChosen, 1) == 0)
            chosen.Left = bytes;
        return true;
    }

    /// <summary>Ends without an exception when a side has closed, or when <paramref name="pass"/> refuses a part.</summary>
    private static async Task PassAsync(NetworkStream from, NetworkStream to, Passing pass, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0 && pass(buffer.AsSpan(0, read)))
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has closed.
        }
    }

    private delegate bool Passing(ReadOnlySpan<byte> part);

    /// <summary>How much of the response may pass. The request is seen before its response begins.</summary>
    private sealed class Chosen
    {
        private int _left = int.MaxValue;

        public int Left
        {
            get => Volatile.Read(ref _left);
            set => Volatile.Write(ref _left, value);
        }
    }
}
