using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SdkChat.TestSupport;

/// <summary>
/// A network of its own (a namespace and a pair of virtual interfaces) whose machine can vanish: from then on its packets are lost in both
/// directions, and neither side is told. Needs root and <c>ip</c>.
/// </summary>
public sealed partial class LossyNetwork : IAsyncDisposable
{
    private const int NewNetwork = 0x40000000;

    private static int _count;

    private readonly string _name;
    private readonly string _near;
    private readonly string _far;

    private LossyNetwork(int number)
    {
        (_name, _near, _far) = ($"sdkchat-{Environment.ProcessId}-{number}", $"sn{Environment.ProcessId}x{number}", $"sf{Environment.ProcessId}x{number}");
        var subnet = $"10.213.{Environment.ProcessId % 256}.";
        (Address, FarAddress) = ($"{subnet}{(number * 4) + 1}", $"{subnet}{(number * 4) + 2}");
    }

    /// <summary>Why this machine cannot have one; null where it can.</summary>
    public static string? Missing =>
        Environment.UserName != "root" ? "only root can make a network namespace"
        : Programs.Find("ip") is null ? "ip is not installed"
        : Run("netns", "list") is { } problem ? $"the kernel allows no network namespaces: {problem}"
        : null;

    /// <summary>This side's address, which the other side reaches.</summary>
    public string Address { get; }

    private string FarAddress { get; }

    public static LossyNetwork Create()
    {
        var network = new LossyNetwork(Interlocked.Increment(ref _count) % 64);
        network.Must("netns", "add", network._name);
        network.Must("link", "add", network._near, "type", "veth", "peer", "name", network._far, "netns", network._name);
        network.Must("addr", "add", $"{network.Address}/30", "dev", network._near);
        network.Must("link", "set", network._near, "up");
        network.Must("-n", network._name, "addr", "add", $"{network.FarAddress}/30", "dev", network._far);
        network.Must("-n", network._name, "link", "set", network._far, "up");
        return network;
    }

    /// <summary>Connects a machine of the network to this side.</summary>
    public Socket Connect(int port)
    {
        var connected = new TaskCompletionSource<Socket>();
        // A thread enters a namespace for good: this one ends with its connection.
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle($"/var/run/netns/{_name}");
                if (setns(handle, NewNetwork) != 0)
                    throw new InvalidOperationException($"setns failed with {Marshal.GetLastPInvokeError()}.");
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Connect(IPAddress.Parse(Address), port);
                connected.SetResult(socket);
            }
            catch (Exception exception)
            {
                connected.SetException(exception);
            }
        });
        thread.Start();
        thread.Join();
        return connected.Task.GetAwaiter().GetResult();
    }

    /// <summary>Both sides now know a neighbour that does not exist, and send to it.</summary>
    public void Vanish()
    {
        Must("neigh", "replace", FarAddress, "lladdr", "02:00:00:00:00:01", "dev", _near);
        Must("-n", _name, "neigh", "replace", Address, "lladdr", "02:00:00:00:00:01", "dev", _far);
    }

    public ValueTask DisposeAsync()
    {
        // The interfaces go with the namespace.
        Run("netns", "del", _name);
        Run("link", "del", _near);
        return ValueTask.CompletedTask;
    }

    private void Must(params string[] arguments)
    {
        if (Run(arguments) is { } problem)
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)} of {_name}: {problem}");
    }

    private static string? Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Programs.Find("ip")!, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(SafeFileHandle handle, int type);
}
