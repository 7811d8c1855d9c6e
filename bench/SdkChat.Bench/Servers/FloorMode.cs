using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Servers;

/// <summary>The least that a fan-out can cost: for every event one <c>send</c> a subscriber, and nothing else.</summary>
internal static unsafe class FloorMode
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static readonly Lock Gate = new();
    private static readonly List<Socket> Subscribers = [];

    public static void Run(int port)
    {
        Native.RaiseOpenFiles();
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(4096);
        new Thread(() => Accept(listener)) { IsBackground = true }.Start();
        Console.Out.WriteLine("up");
        while (Console.In.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            Publish(int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture));
            Console.Out.WriteLine("published");
        }
    }

    private static void Accept(Socket listener)
    {
        var request = new byte[4096];
        while (true)
        {
            var socket = listener.Accept();
            socket.NoDelay = true;
            if (socket.Receive(request) == 0)
                continue;
            socket.Send(Encoding.ASCII.GetBytes(Answer));
            lock (Gate)
                Subscribers.Add(socket);
        }
    }

    private static void Publish(int first, int count)
    {
        int[] handles;
        lock (Gate)
            handles = [.. Subscribers.Select(socket => (int)socket.Handle)];
        for (var i = 0; i < count; i++)
        {
            var frame = Payload.Frame(Payload.NewId(first + i));
            byte[] chunk = [.. Encoding.ASCII.GetBytes($"{frame.Length:x}\r\n"), .. frame, .. "\r\n"u8];
            fixed (byte* bytes = chunk)
            {
                foreach (var handle in handles)
                    Send(handle, bytes, chunk.Length);
            }
        }
    }

    private static void Send(int handle, byte* bytes, int length)
    {
        while (Native.send(handle, bytes, length, Native.DontWait | Native.NoSignal) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Native.WouldBlock)
                return;
            Thread.Yield();
        }
    }
}
