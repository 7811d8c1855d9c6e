using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Load;

/// <summary>
/// Many readers in one thread of one process, on nothing but epoll and recv. Its orders come on standard input: <c>forget</c>,
/// <c>report</c>, <c>count</c>, <c>arrivals</c>, <c>close</c>.
/// </summary>
internal sealed unsafe class LoadGenerator : IDisposable
{
    private const int Orders = -1;
    private const int AtOnce = 64;
    private const int PerAddress = 15_000;

    private readonly int _set = Native.epoll_create1(0);
    private readonly byte[] _buffer = GC.AllocateArray<byte>(1 << 20, pinned: true);
    private readonly List<Reader> _readers = [];
    private readonly EventScanner _scanner;
    private readonly StringBuilder _orders = new();

    private int _opening;
    private int _open;
    private int _lost;
    private bool _closed;
    private double _cpu;
    private long _since = Stopwatch.GetTimestamp();

    private LoadGenerator(bool countsPings, bool keepsArrivals) =>
        _scanner = new EventScanner(countsPings) { Arrivals = keepsArrivals ? [] : null };

    /// <param name="port">
    /// Of the server, on 127.0.0.1 and, for the connections beyond what one address has ports for, 127.0.0.2 and on.
    /// </param>
    /// <param name="requests">A file with one request a line: path, and, after a tab, a bearer token.</param>
    /// <param name="within">
    /// The milliseconds in which all connect, whether the server keeps up or not; null connects a few at a time.
    /// </param>
    public static void Run(int port, string requests, bool countsPings, bool keepsArrivals, int? within)
    {
        Native.RaiseOpenFiles();
        using var load = new LoadGenerator(countsPings, keepsArrivals);
        var started = Stopwatch.GetTimestamp();
        load.OpenAll(port, File.ReadAllLines(requests), within);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Native.Watch(load._set, 0, Orders);
        load.Cancel();
        Say(string.Create(CultureInfo.InvariantCulture, $"open {load._open} {seconds:0.000}"));
        while (!load._closed)
            load.Turn(1000);
    }

    public void Dispose()
    {
        foreach (var reader in _readers)
            reader.Socket.Dispose();
    }

    private void OpenAll(int port, string[] requests, int? within)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < requests.Length; i++)
        {
            while (within is { } milliseconds
                && Stopwatch.GetElapsedTime(started).TotalMilliseconds < (double)milliseconds * i / requests.Length)
                Turn(1);
            Open(
                new IPEndPoint(new IPAddress([127, 0, 0, 1]), port), new IPAddress([127, 0, 0, (byte)(1 + (i / PerAddress))]),
                requests[i].Split('\t'));
            while (within is null && _opening >= AtOnce)
                Turn(1000);
        }

        while (_opening > 0)
            Turn(1000);
    }

    /// <summary>
    /// Begins to connect. The request follows once the socket is connected, so a server that accepts late holds up no other connection.
    /// </summary>
    private void Open(IPEndPoint server, IPAddress from, string[] request)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
        if (from.GetAddressBytes()[3] != 1)
            socket.Bind(new IPEndPoint(from, 0));
        Connect(socket, server);
        var token = request.Length > 1 ? $"Authorization: Bearer {request[1]}\r\n" : "";
        var reader = new Reader(socket)
        {
            Request = Encoding.ASCII.GetBytes($"GET {request[0]} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n{token}\r\n"),
        };
        Native.Watch(_set, reader.Handle, _readers.Count, Native.Writable);
        _readers.Add(reader);
        _opening++;
    }

    private static void Connect(Socket socket, IPEndPoint server)
    {
        try
        {
            socket.Connect(server);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.InProgress or SocketError.WouldBlock)
        {
        }
    }

    private void Request(Reader reader, int tag)
    {
        var sent = reader.Request;
        reader.Request = null;
        reader.Socket.Send(sent!, SocketFlags.None, out var error);
        if (error != SocketError.Success)
            Lose(reader);
        else
            Native.Rewatch(_set, reader.Handle, tag, Native.Readable);
    }

    private void Turn(int milliseconds)
    {
        var events = stackalloc Native.PollEvent[512];
        var count = Native.epoll_wait(_set, events, 512, milliseconds);
        for (var i = 0; i < count; i++)
        {
            if (events[i].Tag == Orders)
                ReadOrders();
            else if (_readers[(int)events[i].Tag] is { Request: not null } connected)
                Request(connected, (int)events[i].Tag);
            else
                Read(_readers[(int)events[i].Tag]);
        }
    }

    private void Read(Reader reader)
    {
        var kept = reader.Carry?.Length ?? 0;
        reader.Carry?.CopyTo(_buffer, 0);
        nint read;
        fixed (byte* buffer = _buffer)
            read = Native.recv(reader.Handle, buffer + kept, _buffer.Length - kept, Native.DontWait);
        if (read <= 0)
        {
            if (read == 0 || Marshal.GetLastPInvokeError() != Native.WouldBlock)
                Lose(reader);
            return;
        }

        var fresh = _buffer.AsSpan(kept, (int)read);
        if (!reader.IsOpen)
        {
            var headers = Opened(reader, _buffer.AsSpan(0, kept + (int)read));
            if (headers == 0)
                return;
            fresh = _buffer.AsSpan(headers, kept + (int)read - headers);
            kept = headers;
        }

        var length = reader.Chunks?.Decode(fresh) ?? fresh.Length;
        var data = _buffer.AsSpan(0, kept + length);
        var left = data[_scanner.Scan(reader, data)..];
        reader.Carry = left.IsEmpty || left.IndexOf((byte)'"') < 0 ? null : left.ToArray();
        if (reader.Chunks is { IsOver: true })
            Lose(reader);
    }

    /// <returns>The length of the headers; 0 while they have not all come.</returns>
    private int Opened(Reader reader, Span<byte> data)
    {
        var end = data.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            reader.Carry = data.ToArray();
            return 0;
        }

        if (!data.StartsWith("HTTP/1.1 200"u8))
            throw new InvalidOperationException(Encoding.ASCII.GetString(data));
        reader.IsOpen = true;
        reader.Chunks = data[..end].IndexOf("chunked"u8) >= 0 ? new ChunkDecoder() : null;
        _opening--;
        _open++;
        _scanner.CountOpening();
        return end + 4;
    }

    private void Lose(Reader reader)
    {
        Native.Unwatch(_set, reader.Handle);
        _lost++;
        if (reader.IsOpen)
            _open--;
        else
            _opening--;
    }

    private void ReadOrders()
    {
        fixed (byte* buffer = _buffer)
        {
            var read = Native.read(0, buffer, _buffer.Length);
            _closed |= read <= 0;
            _orders.Append(Encoding.ASCII.GetString(_buffer, 0, (int)Math.Max(read, 0)));
        }

        var lines = _orders.ToString().Split('\n');
        _orders.Clear().Append(lines[^1]);
        foreach (var order in lines[..^1])
            Obey(order.Trim());
    }

    private void Obey(string order)
    {
        switch (order)
        {
            case "forget":
                Cancel();
                Say("forgot");
                break;
            case "count":
                Say($"counted {_scanner.Delivered}");
                break;
            case "report":
                Say($"report {JsonSerializer.Serialize(Report())}");
                break;
            case "arrivals":
                Say($"arrivals {string.Join(' ', _scanner.Arrivals!.Select(arrival => $"{arrival.Number}:{arrival.At}"))}");
                break;
            case "close":
                _closed = true;
                break;
        }
    }

    private void Cancel()
    {
        _scanner.Cancel();
        foreach (var reader in _readers)
            (reader.Last, reader.Delivered) = (-1, 0);
        _lost = 0;
        (_cpu, _since) = (Cpu(), Stopwatch.GetTimestamp());
    }

    private LoadReport Report() => new(
        _scanner.Delivered, _readers.Min(reader => reader.Delivered), _scanner.Gaps, _lost,
        _scanner.Latency.Quantile(0.5), _scanner.Latency.Quantile(0.99), _scanner.Latency.Quantile(1),
        _scanner.Pings, _scanner.BusiestTenth, _scanner.MostOpened, Cpu() - _cpu, Stopwatch.GetElapsedTime(_since).TotalSeconds,
        _scanner.LastAt);

    private static double Cpu() => ProcessCost.CpuSeconds([Environment.ProcessId]);

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
