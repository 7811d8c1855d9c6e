using System.Net;
using System.Net.Sockets;

namespace SdkChat.TestSupport;

/// <summary>
/// Ports for programs that must be told one before they listen. They lie below those that the system hands out, and a lock on a file keeps
/// each from every other test process until this one ends, so a port is still free when the program, or its successor, takes it.
/// </summary>
internal static class Ports
{
    private const int First = 20_000;
    private const int Count = 10_000;

    private static readonly List<FileStream> Held = [];

    public static int Take()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"sdkchat-test-ports-{Environment.UserName}")).FullName;
        var start = Random.Shared.Next(Count);
        lock (Held)
        {
            for (var tried = 0; tried < Count; tried++)
            {
                var port = First + ((start + tried) % Count);
                if (TryHold(Path.Combine(folder, $"{port}")) is not { } held)
                    continue;
                Held.Add(held);
                if (IsFree(port))
                    return port;
            }
        }

        throw new InvalidOperationException($"No port from {First} to {First + Count - 1} is free.");
    }

    private static FileStream? TryHold(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
