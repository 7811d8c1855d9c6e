using System.Diagnostics;
using System.Text.Json;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.TypeScript;

/// <summary>A program on Node that tells, line by line, what its stream tells it, and that does what it is told.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private readonly Process _process;
    private readonly CancellationTokenSource _patience = new(Deadlines.Program);

    public Watcher(NodeFolder client, params string[] arguments) => _process = client.Start(["node", .. arguments]);

    public Task SendAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    public async Task<string> LineAsync() =>
        await _process.StandardOutput.ReadLineAsync(_patience.Token) ?? throw new InvalidOperationException("It has ended.");

    /// <summary>The next thing of this kind; others in between are passed over.</summary>
    public async Task<JsonElement> NextAsync(string what)
    {
        while (true)
        {
            var told = JsonDocument.Parse(await LineAsync()).RootElement;
            if (told.GetProperty("what").GetString() == what)
                return told.GetProperty("data");
        }
    }

    /// <summary>The state's arrival, whatever came before it.</summary>
    public async Task<JsonElement> StateAsync(string state)
    {
        while (true)
        {
            var told = await NextAsync("state");
            if (told.GetProperty("state").GetString() == state)
                return told;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _patience.Dispose();
    }
}
