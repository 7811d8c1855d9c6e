using System.Text;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

/// <summary>Reads streams as a transport would, only into text.</summary>
internal static class StreamReading
{
    /// <summary>What waits now.</summary>
    public static string Take(this ISseStream stream)
    {
        var text = new StringBuilder();
        while (stream.TryRead(out var frame))
            text.Append(Encoding.UTF8.GetString(frame.Span));
        return text.ToString();
    }

    /// <summary>Frames up to the one that is <paramref name="enough"/>.</summary>
    public static async Task<IReadOnlyList<string>> ReadUntilAsync(this ISseStream stream, Func<IReadOnlyList<string>, bool> enough)
    {
        var frames = new List<string>();
        while (!enough(frames))
        {
            if (!await stream.WaitAsync().AsTask().WaitAsync(Deadlines.Soon))
                throw new InvalidOperationException($"The stream ended after: {string.Concat(frames)}");
            while (stream.TryRead(out var frame))
                frames.Add(Encoding.UTF8.GetString(frame.Span));
        }

        return frames;
    }

    /// <summary>Whether the stream has ended, with nothing left to read.</summary>
    public static bool IsOver(this ISseStream stream)
    {
        var wait = stream.WaitAsync().AsTask();
        return wait.IsCompletedSuccessfully && !wait.Result;
    }
}
