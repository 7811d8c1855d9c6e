using System.Diagnostics;
using SdkChat.TestSupport;

namespace SdkChat.Faults.Rig;

/// <summary>One process of the real service, which can be killed, frozen, told to go, and started again at the same address.</summary>
internal sealed class ApiNode(string name, string folder, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    /// <summary>A busy machine needs more than a minute for a start.</summary>
    private static readonly TimeSpan WaitLimit = Deadlines.Program;

    private static readonly string Dll = Path.Combine(
        Repository, "src", "SdkChat.Api", "bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!), "net10.0",
        "SdkChat.Api.dll");

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(2) };
    private Process? _process;

    public string Name => name;

    public int Port { get; } = Programs.FreePort();

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>More environment for the next start, such as another clock.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; set; } = new Dictionary<string, string>();

    private static string Repository => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));

    private string Log => Path.Combine(folder, $"{name}.log");

    public async Task StartAsync()
    {
        Launch();
        await ReadyAsync();
    }

    /// <summary>Starts it where it must refuse to serve.</summary>
    /// <exception cref="InvalidOperationException">It does not end, or its log does not say why.</exception>
    public async Task StartRefusedAsync(string reason)
    {
        Launch();
        using var deadline = new CancellationTokenSource(Deadlines.Program);
        await _process!.WaitForExitAsync(deadline.Token);
        if (_process.ExitCode != 1 || !(await File.ReadAllTextAsync(Log, deadline.Token)).Contains(reason, StringComparison.Ordinal))
            throw new InvalidOperationException($"{name} ended with {_process.ExitCode} and does not say \"{reason}\"; its log is {Log}.");
    }

    /// <summary>Until it says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync())
        {
            if (_process!.HasExited || Stopwatch.GetElapsedTime(started) > WaitLimit)
                throw new InvalidOperationException($"{name} does not become ready; its log is {Log}.");
            await Task.Delay(50);
        }
    }

    public async Task KillAsync()
    {
        Signals.Send(_process!, Signals.Kill);
        await _process!.WaitForExitAsync();
    }

    public void Freeze() => Signals.Send(_process!, Signals.Stop);

    public void Thaw() => Signals.Send(_process!, Signals.Continue);

    /// <summary>As an orchestrator ends it.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> TerminateAsync()
    {
        var told = Stopwatch.GetTimestamp();
        Signals.Send(_process!, Signals.Terminate);
        await _process!.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(told);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        _client.Dispose();
    }

    private void Launch()
    {
        // Through a shell for the log; exec keeps the process id.
        var start = new ProcessStartInfo(
            "sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1", Log, "dotnet", Dll, "up", "--urls", Address.ToString().TrimEnd('/')]);
        // The runtime's pipes for debuggers stay behind when a process is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (key, value) in settings.Concat(Extra))
            start.Environment[key] = value;
        _process = Process.Start(start)!;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await _client.GetAsync(new Uri(Address, "/health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
