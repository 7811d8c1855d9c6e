using System.Diagnostics;
using System.Globalization;

namespace SdkChat.Bench.Measuring;

/// <summary>A process of the bench's own, told what to do line by line and answering likewise. Gone with this object.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(120);

    /// <summary>Compiled in full at once, and no thread that collects beside those that work.</summary>
    private static readonly Dictionary<string, string> Swift = new() { ["DOTNET_TC_QuickJit"] = "0", ["DOTNET_gcConcurrent"] = "0" };

    /// <summary>For a mode that is compared with a process of the service, which has neither.</summary>
    public static readonly IReadOnlyDictionary<string, string> AsPublished = Swift.Keys.ToDictionary(name => name, _ => "1");

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>This program in another of its modes: peers and load generator, which are to be at their best within a second.</summary>
    public static ChildProcess StartSelf(string[] arguments, IEnumerable<KeyValuePair<string, string>>? environment = null) =>
        Start(Environment.ProcessPath!, [typeof(ChildProcess).Assembly.Location, .. arguments], Swift.Concat(environment ?? []));

    public void Send(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Reads up to the line that starts with <paramref name="word"/>, and gives what follows the word.</summary>
    public async Task<string> HearAsync(string word, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReplyTimeout);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(word, StringComparison.Ordinal))
                return line[word.Length..].Trim();
        }

        throw new InvalidOperationException(
            $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} ended without '{word}'.");
    }

    public async Task<string> AskAsync(string line, string word, CancellationToken cancellationToken)
    {
        Send(line);
        return await HearAsync(word, cancellationToken);
    }

    /// <summary>Lets the process talk to nobody, so that a full pipe never stops it.</summary>
    public void Ignore() => _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

    /// <summary>Sends SIGTERM, and waits for the end.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken)
    {
        Ignore();
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
