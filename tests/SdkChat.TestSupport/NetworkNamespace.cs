using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SdkChat.TestSupport;

/// <summary>Another network behind a virtual cable, in which packets can be dropped: nothing is refused or closed, nothing is acknowledged.</summary>
public sealed class NetworkNamespace : IDisposable
{
    private const int CloneNewNet = 0x40000000;

    private readonly string _name = $"sdkchat{Random.Shared.Next(0x1000, 0xFFFF):x}";
    private readonly string _near = string.Create(CultureInfo.InvariantCulture, $"10.{Random.Shared.Next(200, 250)}.{Random.Shared.Next(1, 250)}");

    private NetworkNamespace()
    {
    }

    /// <summary>Why there can be none here, for a test that is skipped; null where there can.</summary>
    public static string? Obstacle { get; } =
        !Environment.IsPrivilegedProcess ? "network namespaces need root"
        : Programs.Find("ip") is null || Programs.Find("iptables") is null ? "ip or iptables is not installed"
        : TryMake();

    public IPAddress Address => IPAddress.Parse($"{_near}.2");

    public static NetworkNamespace Create()
    {
        var network = new NetworkNamespace();
        try
        {
            network.Make();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>A listener in it, which this process serves.</summary>
    public TcpListener Listen() => Inside(() =>
    {
        var listener = new TcpListener(Address, 0);
        listener.Start();
        return listener;
    });

    /// <summary>From now on it knows nothing of the connections from these ports, as a firewall that has forgotten them. New ones are well.</summary>
    public void Forget(IEnumerable<int> clientPorts)
    {
        foreach (var port in clientPorts)
            DropPackets("--sport", port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Nothing gets in, until <see cref="Restore"/>.</summary>
    public void DropAll() => DropPackets();

    public void Restore() => Run("ip", "netns", "exec", _name, "iptables", "-F", "INPUT");

    public void Dispose() => TryRun("ip", ["netns", "del", _name], out _);

    private void Make()
    {
        var (near, far) = ($"{_name}a", $"{_name}b");
        Run("ip", "netns", "add", _name);
        Run("ip", "link", "add", near, "type", "veth", "peer", "name", far, "netns", _name);
        Run("ip", "addr", "add", $"{_near}.1/30", "dev", near);
        Run("ip", "link", "set", near, "up");
        Run("ip", "-n", _name, "addr", "add", $"{_near}.2/30", "dev", far);
        Run("ip", "-n", _name, "link", "set", far, "up");
    }

    private void DropPackets(params string[] which) =>
        Run("ip", ["netns", "exec", _name, "iptables", "-A", "INPUT", "-p", "tcp", .. which, "-j", "DROP"]);

    /// <summary>A thread belongs to one network, and a socket to its maker's: so a thread of its own, which ends with the call.</summary>
    private T Inside<T>(Func<T> make)
    {
        var result = new TaskCompletionSource<T>();
        var thread = new Thread(() =>
        {
            try
            {
                using var there = File.OpenHandle($"/run/netns/{_name}");
                if (Enter(there.DangerousGetHandle().ToInt32(), CloneNewNet) != 0)
                    throw new InvalidOperationException("The network namespace cannot be entered.");
                result.SetResult(make());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        });
        thread.Start();
        thread.Join();
        return result.Task.GetAwaiter().GetResult();
    }

    private static string? TryMake()
    {
        try
        {
            using var network = Create();
            network.DropAll();
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        if (!TryRun(program, arguments, out var error))
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Trim()}");
    }

    private static bool TryRun(string program, string[] arguments, out string error)
    {
        using var process = Process.Start(new ProcessStartInfo(Programs.Find(program)!, arguments) { RedirectStandardError = true })!;
        error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    [DllImport("libc", EntryPoint = "setns"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Enter(int descriptor, int kind);
}
