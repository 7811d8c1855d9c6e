using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace SdkChat.TestSupport;

/// <summary>
/// A loopback address whose TCP packets can be dropped: nothing is refused or closed, and nothing is acknowledged. The firewall does it. A
/// virtual network would too, but each interface that appears makes every Chromium of the machine abort its requests
/// (<c>ERR_NETWORK_CHANGED</c>).
/// </summary>
public sealed class LossyAddress : IDisposable
{
    private static int _count;

    private readonly List<string[]> _rules = [];

    private LossyAddress()
    {
        var number = Interlocked.Increment(ref _count);
        // 127.0.0.0/8 is all loopback; test projects run at the same time, each in a process of its own.
        Address = new IPAddress(
            [127, (byte)(100 + (number % 100)), (byte)(Environment.ProcessId >> 8), (byte)((Environment.ProcessId % 254) + 1)]);
    }

    /// <summary>Why packets cannot be dropped here, for a test that is ignored; null where they can.</summary>
    public static string? Obstacle { get; } =
        !Environment.IsPrivilegedProcess ? "dropping packets needs root"
        : Programs.Find("iptables") is null ? "iptables is not installed"
        : Probe();

    public IPAddress Address { get; }

    public static LossyAddress Create() => new();

    /// <summary>
    /// Drops what comes from these ports, as a firewall does that has lost its table of connections. New connections work.
    /// </summary>
    public void Forget(IEnumerable<int> clientPorts)
    {
        foreach (var port in clientPorts)
            Drop("-d", Address.ToString(), "--sport", port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Drops everything to and from the address, until <see cref="Restore"/>.</summary>
    public void DropAll()
    {
        Drop("-d", Address.ToString());
        Drop("-s", Address.ToString());
    }

    public void Restore()
    {
        foreach (var rule in _rules)
            Run("-D", rule);
        _rules.Clear();
    }

    public void Dispose() => Restore();

    private void Drop(params string[] which)
    {
        string[] rule = ["INPUT", "-i", "lo", "-p", "tcp", .. which, "-j", "DROP"];
        Run("-A", rule);
        _rules.Add(rule);
    }

    private static string? Probe()
    {
        try
        {
            using var address = Create();
            address.DropAll();
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    private static void Run(string change, string[] rule)
    {
        // Others change rules at the same time: wait for the lock.
        string[] arguments = ["--wait", change, .. rule];
        using var process = Process.Start(new ProcessStartInfo(Programs.Find("iptables")!, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"iptables {string.Join(' ', arguments)}: {error.Trim()}");
    }
}
