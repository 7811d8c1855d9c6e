using System.Diagnostics;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Rig;

/// <summary>A proxy of other people, in a process of its own, that serves one node over plain HTTP and over TLS.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _log;

    private Proxy(string name, Process process, string log, Uri plain, Uri secure) =>
        (Name, _process, _log, Plain, Secure) = (name, process, log, plain, secure);

    public string Name { get; }

    public Uri Plain { get; }

    public Uri Secure { get; }

    public bool IsSecure { get; private init; } = true;

    /// <param name="program">How it is started, given the file.</param>
    /// <param name="configuration">The file, given the ports for plain and for secure connections.</param>
    public static Task<Proxy> StartAsync(
        string name, string folder, Func<string, string[]> program, Func<int, int, string> configuration, Certificate certificate) =>
        StartAsync(name, folder, (file, _) => program(file), configuration, certificate, isSecure: true);

    /// <summary>One without TLS: <see cref="Secure"/> leads nowhere.</summary>
    /// <param name="program">How it is started, given the file and the port.</param>
    public static Task<Proxy> StartPlainAsync(
        string name, string folder, Func<string, int, string[]> program, Func<int, string> configuration, Certificate certificate) =>
        StartAsync(name, folder, program, (plain, _) => configuration(plain), certificate, isSecure: false);

    private static async Task<Proxy> StartAsync(
        string name,
        string folder,
        Func<string, int, string[]> program,
        Func<int, int, string> configuration,
        Certificate certificate,
        bool isSecure)
    {
        var (plain, secure) = (Programs.FreePort(), Programs.FreePort());
        // The workers of nginx, which run as another account, write long bodies to a folder of their own in there.
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        var home = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var (file, log) = (Path.Combine(home, "proxy.conf"), Path.Combine(home, "log"));
        await File.WriteAllTextAsync(file, configuration(plain, secure).Replace("{home}", home, StringComparison.Ordinal));
        // Through a shell only for the log; what runs in the end has the shell's number.
        var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", log, .. program(file, plain)]))!;
        var proxy = new Proxy(name, process, log, new Uri(
            $"http://127.0.0.1:{plain}"), new Uri($"https://127.0.0.1:{secure}")) { IsSecure = isSecure };
        try
        {
            await proxy.UntilItServesAsync(certificate, isSecure ? [proxy.Plain, proxy.Secure] : [proxy.Plain]);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Told, not killed: workers would outlive it.
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task UntilItServesAsync(Certificate certificate, Uri[] addresses)
    {
        using var client = Client.New(certificate);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                foreach (var address in addresses)
                    (await client.GetAsync(new Uri(address, "/health/live"))).EnsureSuccessStatusCode().Dispose();
                return true;
            }
            catch (HttpRequestException exception)
            {
                return _process.HasExited
                    ? throw new InvalidOperationException($"{Name} does not start: {await File.ReadAllTextAsync(_log)}", exception)
                    : false;
            }
        });
    }
}
