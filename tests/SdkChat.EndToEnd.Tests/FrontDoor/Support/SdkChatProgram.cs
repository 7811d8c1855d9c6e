using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor.Support;

/// <summary>The development program, or the published service, as a process.</summary>
internal sealed class SdkChatProgram : IAsyncDisposable
{
    /// <summary>What the machine may have set for itself, which has no say in a test.</summary>
    private static readonly string[] Foreign =
        ["ASPNETCORE_", "DOTNET_ENVIRONMENT", "ConnectionStrings__", "Authentication__", "Pipeline__", "SDKCHAT_"];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _error = new();
    private readonly SemaphoreSlim _more = new(0);

    private SdkChatProgram(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The program as it was built, in the configuration of these tests.</summary>
    public static string Dll { get; } = Path.Combine(
        Repository, "tools", "SdkChat.Development", "bin", Configuration, "net10.0", "SdkChat.Development.dll");

    public int Id => _process.Id;

    public static string Repository => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!);

    /// <summary>Runs the program with these arguments, in Development unless the settings say otherwise.</summary>
    public static SdkChatProgram Start(string[] arguments, params (string Name, string Value)[] settings) => Start(arguments, "", settings);

    /// <param name="before">What the shell does before it becomes the program, such as <c>ulimit -n 1000;</c>.</param>
    public static SdkChatProgram Start(string[] arguments, string before, params (string Name, string Value)[] settings) =>
        Start(Dll, arguments, before, settings);

    private static SdkChatProgram Start(string dll, string[] arguments, string before, (string Name, string Value)[] settings)
    {
        // As a shell script with '&' would start it: deaf to interrupts, unless it does something about that.
        var start = new ProcessStartInfo(
            "sh",
            [
                "-c", $"trap '' INT; {before} exec \"$@\"", "sh", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", dll,
                .. arguments,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(name => Foreign.Any(name.StartsWith)).ToList())
            start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        // The runtime's pipes for debuggers stay behind when a process is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new SdkChatProgram(start);
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<Finished> RunAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        await using var program = Start(arguments, settings);
        return await program.EndAsync();
    }

    /// <summary>Runs a verb of another program, such as the published one, to its end.</summary>
    public static async Task<Finished> RunAsync(string dll, string[] arguments, params (string Name, string Value)[] settings)
    {
        await using var program = Start(dll, arguments, "", settings);
        return await program.EndAsync();
    }

    /// <summary>The first line on standard output that has this text.</summary>
    public async Task<string> LineAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Deadlines.Program);
        while (true)
        {
            if (_output.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                return found;
            if (_process.HasExited)
                throw new InvalidOperationException($"It ended and never said '{text}': {await EndAsync()}");
            await _more.WaitAsync(deadline.Token);
        }
    }

    /// <summary>All lines on standard output so far that have this text.</summary>
    public IReadOnlyList<string> Lines(string text) => [.. _output.Where(line => line.Contains(text, StringComparison.Ordinal))];

    /// <summary>Types a line, and then nothing more.</summary>
    public void Type(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Close();
    }

    /// <summary>Sends a signal, such as INT.</summary>
    public void Signal(string name) => Signal(name, Id);

    public static void Signal(string name, int process)
    {
        using var kill = Process.Start("sh", ["-c", "kill -\"$0\" \"$1\"", name, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<Finished> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Deadlines.Program);
        await _process.WaitForExitAsync(deadline.Token);
        return new Finished(_process.ExitCode, Text(_output), Text(_error));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private void Add(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
        // The end of the output wakes a waiting reader too.
        _more.Release();
    }
}
