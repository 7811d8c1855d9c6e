using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Load;

/// <summary>
/// Many apps in one thread of one process. Each has a connection and sends its request twice a second. A time counts from the instant at
/// which the request was due, so that a server that is late cannot hide it. Its order is <c>run SECONDS</c>.
/// </summary>
internal sealed unsafe class ShopperGenerator
{
    private static readonly long Interval = Stopwatch.Frequency / 2;

    private readonly int _set = Native.epoll_create1(0);
    private readonly byte[] _buffer = GC.AllocateArray<byte>(1 << 20, pinned: true);
    private readonly Queue<Shopper> _idle = new();
    private readonly Shopper[] _shoppers;
    private readonly Histogram _times = new();

    private int _failures;

    private ShopperGenerator(int port, string[] requests) =>
        _shoppers = [.. requests.Select((request, n) => Open(port, request.Split('\t'), n))];

    /// <param name="requests">A file with one request a line: path, and, after a tab, a key.</param>
    public static void Run(int port, string requests)
    {
        Native.RaiseOpenFiles();
        var generator = new ShopperGenerator(port, File.ReadAllLines(requests));
        Console.Out.WriteLine("up");
        while (Console.In.ReadLine() is { } order)
            Console.Out.WriteLine(
                $"report {JsonSerializer.Serialize(generator.Run(int.Parse(order.Split(' ')[1], CultureInfo.InvariantCulture)))}");
    }

    private ShopperReport Run(int seconds)
    {
        _times.Clear();
        _idle.Clear();
        _failures = 0;
        var (cpu, started) = (ProcessCost.CpuSeconds([Environment.ProcessId]), Stopwatch.GetTimestamp());
        for (var n = 0; n < _shoppers.Length; n++)
        {
            // Spread over the interval, as people are.
            _shoppers[n].Due = started + (Interval * n / _shoppers.Length);
            _idle.Enqueue(_shoppers[n]);
        }

        var (end, open) = (started + (seconds * Stopwatch.Frequency), 0);
        while (Stopwatch.GetTimestamp() < end || open > 0)
        {
            while (_idle.TryPeek(out var next) && next.Due <= Math.Min(Stopwatch.GetTimestamp(), end))
            {
                Send(_idle.Dequeue());
                open++;
            }

            open -= Receive();
        }

        return new ShopperReport(
            _times.Count, _failures, _times.Quantile(0.5), _times.Quantile(0.99), ProcessCost.CpuSeconds([Environment.ProcessId]) - cpu,
            Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private Shopper Open(int port, string[] request, int number)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        Native.Watch(_set, (int)socket.Handle, number);
        return new Shopper(
            socket, Encoding.ASCII.GetBytes($"GET {request[0]} HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: {request[1]}\r\n\r\n"));
    }

    private static void Send(Shopper shopper)
    {
        shopper.Missing = -1;
        shopper.Socket.Send(shopper.Request);
    }

    /// <returns>How many responses are complete.</returns>
    private int Receive()
    {
        var events = stackalloc Native.PollEvent[512];
        var (count, complete) = (Native.epoll_wait(_set, events, 512, 1), 0);
        for (var i = 0; i < count; i++)
        {
            var shopper = _shoppers[(int)events[i].Tag];
            var read = shopper.Socket.Receive(_buffer);
            if (read == 0)
                throw new InvalidOperationException("The server closed a shopper's connection.");
            if (!shopper.IsComplete(_buffer.AsSpan(0, read)))
                continue;

            complete++;
            var now = Stopwatch.GetTimestamp();
            if (shopper.HasFailed)
                _failures++;
            else
                _times.Add(Stopwatch.GetElapsedTime(shopper.Due, now).TotalMicroseconds);
            // An app that waited longer than the interval polls again at once, and no request is sent twice.
            shopper.Due = Math.Max(shopper.Due + Interval, now);
            _idle.Enqueue(shopper);
        }

        return complete;
    }

    private sealed class Shopper(Socket socket, byte[] request)
    {
        public Socket Socket => socket;

        public byte[] Request => request;

        public long Due { get; set; }

        /// <summary>Bytes of the response that have not come; -1 before its headers.</summary>
        public int Missing { get; set; }

        /// <summary>A response that is not a chat, such as 503 of a node that has more requests than connections.</summary>
        public bool HasFailed { get; private set; }

        public bool IsComplete(ReadOnlySpan<byte> bytes)
        {
            if (Missing < 0)
            {
                var headers = bytes.IndexOf("\r\n\r\n"u8) + 4;
                if (headers < 4)
                    throw new InvalidOperationException(Encoding.ASCII.GetString(bytes));
                HasFailed = !bytes.StartsWith("HTTP/1.1 200"u8);
                var length = bytes[..headers].IndexOf("Content-Length: "u8);
                if (length < 0 || !System.Buffers.Text.Utf8Parser.TryParse(bytes[(length + 16)..], out int body, out _))
                    throw new InvalidOperationException($"A response without a length: {Encoding.ASCII.GetString(bytes[..headers])}");
                Missing = headers + body;
            }

            Missing -= bytes.Length;
            return Missing == 0;
        }
    }
}
