using System.Net.Sockets;
using System.Text;

namespace SdkChat.TestSupport;

/// <summary>
/// A plain socket with a request on it, for tests of what really travels. It reads only when asked to, so it can be as slow
/// as a test wants. Whatever it waits for is due within <see cref="Deadlines.Soon"/>.
/// </summary>
public sealed class StreamSocket : IDisposable
{
    public const string Path = "/api/v1/sdk-chat/events/stream";

    private readonly Socket _socket;
    private readonly StringBuilder _received = new();
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    private StreamSocket(Socket socket) => _socket = socket;

    /// <summary>All that has come so far: headers, chunk sizes and body.</summary>
    public string Received => _received.ToString();

    /// <summary>What came after the headers, without the sizes of chunks.</summary>
    public string Body => Dechunk(Received[(Received.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);

    /// <summary>Asks for the stream, and reads nothing yet.</summary>
    public static async Task<StreamSocket> OpenAsync(
        Uri server, string token, string version = "1.1", int? receiveBuffer = null, params (string Name, string Value)[] headers)
    {
        var request = new StringBuilder($"GET {Path} HTTP/{version}\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\n");
        foreach (var (name, value) in headers)
            request.Append(name).Append(": ").Append(value).Append("\r\n");
        return await SendAsync(server, request.Append("\r\n").ToString(), receiveBuffer);
    }

    /// <summary>Sends whatever it is given.</summary>
    public static async Task<StreamSocket> SendAsync(Uri server, string text, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } bytes)
            socket.ReceiveBufferSize = bytes;
        await socket.ConnectAsync(server.Host, server.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        return new StreamSocket(socket);
    }

    /// <summary>Asks for the stream, and waits until it is open.</summary>
    public static async Task<StreamSocket> ReadyAsync(Uri server, string token)
    {
        var socket = await OpenAsync(server, token);
        await socket.UntilAsync("event: ready\ndata: {}\n\n");
        return socket;
    }

    /// <summary>Reads until <paramref name="text"/> has come.</summary>
    public Task<string> UntilAsync(string text) => UntilAsync(() => Received.Contains(text, StringComparison.Ordinal), text);

    /// <summary>Reads until what has come is enough.</summary>
    public async Task<string> UntilAsync(Func<bool> enough, string what)
    {
        using var deadline = new CancellationTokenSource(Deadlines.Soon);
        while (!enough())
        {
            if (!await ReadAsync(deadline.Token))
                throw new InvalidOperationException($"The stream ended without {what}; it said: {Received}");
        }

        return Received;
    }

    /// <summary>Reads to the end.</summary>
    /// <returns>Whether the answer ended as HTTP wants it to; false when it was cut off.</returns>
    public async Task<bool> ToEndAsync()
    {
        using var deadline = new CancellationTokenSource(Deadlines.Soon);
        try
        {
            while (!Received.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            {
                if (!await ReadAsync(deadline.Token))
                    return !Received.Contains("Transfer-Encoding: chunked", StringComparison.Ordinal);
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Goes on talking, although nobody asked. What is not taken within the deadline is not sent.</summary>
    public async Task SendMoreAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Deadlines.Soon);
        try
        {
            await _socket.SendAsync(Encoding.ASCII.GetBytes(text), deadline.Token);
        }
        catch (SocketException)
        {
            // Whoever listened has had enough.
        }
    }

    /// <summary>Closes its own direction, as <c>nc -N</c> does at the end of its input.</summary>
    public void SendNoMore() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Hangs up without a good-bye, as a phone that loses its network does not: with a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var count = await _socket.ReceiveAsync(buffer, cancellationToken);
        var text = new char[count + 1];
        _received.Append(text, 0, _utf8.GetChars(buffer, 0, count, text, 0));
        return count > 0;
    }

    /// <summary>Good for bodies that hold no CRLF, which is what a stream promises.</summary>
    private static string Dechunk(string body) =>
        string.Concat(body.Split("\r\n").Where((_, index) => index % 2 == 1));
}
