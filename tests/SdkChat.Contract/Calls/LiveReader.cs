using System.Text;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Calls;

/// <summary>An open stream: everything that has come, block by block, as bytes that nothing has tidied up.</summary>
internal sealed class LiveReader : IAsyncDisposable
{
    /// <summary>How long anything that is due at once may take on a busy machine.</summary>
    public static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _leave = new();
    private readonly List<LiveBlock> _blocks = [];
    private readonly Lock _gate = new();
    private readonly long _sent;
    private readonly Task _reading;
    private readonly string _request;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LiveReader(Answer head, HttpResponseMessage response, long sent, string request)
    {
        (Head, _response, _sent, _request) = (head, response, sent, request);
        HeadAt = Elapsed;
        _reading = head.Status == 200 ? ReadAsync() : Task.CompletedTask;
    }

    /// <summary>Status and headers; the body too where it is no stream.</summary>
    public Answer Head { get; }

    /// <summary>When the headers had come.</summary>
    public TimeSpan HeadAt { get; }

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_sent);

    /// <summary>Whether the service has ended it.</summary>
    public bool HasEnded => _reading.IsCompleted;

    /// <summary>Whether a carriage return has come anywhere.</summary>
    public bool HasCarriageReturns { get; private set; }

    public IReadOnlyList<LiveBlock> Blocks
    {
        get
        {
            lock (_gate)
                return [.. _blocks];
        }
    }

    /// <summary>The events so far; comments and <c>retry:</c> are none.</summary>
    public IReadOnlyList<LiveBlock> Events => [.. Blocks.Where(block => block.Event is not null)];

    public static async Task<LiveReader> OpenAsync(HttpClient client, Call call, Uri service)
    {
        var sent = TimeProvider.System.GetTimestamp();
        using var request = call.ToRequest(service);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new LiveReader(await HeadAsync(call, service, response), response, sent, call.Curl(service));
    }

    /// <summary>The first event that fits, come or coming.</summary>
    /// <exception cref="RuleBrokenException">It has not come in time, or the stream has ended without it.</exception>
    public async Task<LiveBlock> UntilAsync(Func<LiveBlock, bool> fits, string what, TimeSpan? within = null)
    {
        var limit = Elapsed + (within ?? WaitLimit);
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_blocks.FirstOrDefault(block => block.Event is not null && fits(block)) is { } found)
                    return found;
                more = _more.Task;
            }

            var left = limit - Elapsed;
            if (HasEnded || left <= TimeSpan.Zero)
                throw Broken(what, HasEnded ? "the stream ended without it" : "it did not come");
            await Task.WhenAny(more, _reading, Pace.OfAsync(left));
        }
    }

    public Task<LiveBlock> ReadyAsync() => UntilAsync(block => block.Event == "ready", "the event ready");

    public async Task EndAsync(TimeSpan within, string why)
    {
        await Task.WhenAny(_reading, Pace.OfAsync(within));
        if (!HasEnded)
            throw Broken($"the end of the stream within {within.TotalSeconds:F0} s: {why}", "it is still open");
    }

    /// <exception cref="RuleBrokenException">It is not so.</exception>
    public void Expect(bool holds, string expected, string came)
    {
        if (!holds)
            throw Broken(expected, came);
    }

    public RuleBrokenException Broken(string expected, string came) =>
        new(expected, came, _request.Replace("curl -i", "curl -iN", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        _response.Dispose();
        await _reading;
        _leave.Dispose();
    }

    /// <summary>What answers 200 is read as a stream, whatever it calls itself.</summary>
    private static Task<Answer> HeadAsync(Call call, Uri service, HttpResponseMessage response) =>
        (int)response.StatusCode == 200
            ? Task.FromResult(Answer.WithoutBody(call, service, response))
            : Answer.ReadAsync(call, service, response);

    private async Task ReadAsync()
    {
        try
        {
            await using var body = await _response.Content.ReadAsStreamAsync(_leave.Token);
            var (buffer, text, utf8) = (new byte[16 * 1024], new StringBuilder(), Encoding.UTF8.GetDecoder());
            int count;
            while ((count = await body.ReadAsync(buffer, _leave.Token)) > 0)
            {
                var chars = new char[count + 1];
                text.Append(chars, 0, utf8.GetChars(buffer, 0, count, chars, 0));
                Take(text);
            }
        }
        catch (Exception exception)
            when (exception is IOException or OperationCanceledException or HttpRequestException or ObjectDisposedException)
        {
            // However it ended, it has.
        }
    }

    private void Take(StringBuilder text)
    {
        var all = text.ToString();
        HasCarriageReturns |= all.Contains('\r', StringComparison.Ordinal);
        lock (_gate)
        {
            // A reader of streams takes either kind of line end; whether it was the right one is a rule of its own.
            var blocks = all.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n");
            _blocks.AddRange(blocks[..^1].Select(block => new LiveBlock(Elapsed, block)));
            text.Clear().Append(blocks[^1]);
            _more.SetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
