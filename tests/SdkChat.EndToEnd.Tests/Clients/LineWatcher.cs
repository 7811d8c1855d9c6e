using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace SdkChat.EndToEnd.Tests.Clients;

/// <summary>A client that is a process of its own.</summary>
internal abstract class LineWatcher : IEventWatcher
{
    private readonly Process _process;

    protected LineWatcher(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        // Nobody reads it, but a full pipe would stop the client.
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    public async IAsyncEnumerable<WatchedEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Read(line) is { } seen)
                yield return seen;
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>What a line of output completes; null for nothing yet.</summary>
    protected abstract WatchedEvent? Read(string line);
}
