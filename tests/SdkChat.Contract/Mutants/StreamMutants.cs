using Microsoft.AspNetCore.Http;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Mutants;

/// <summary>A service whose stream is not what section 6 says.</summary>
internal static class StreamMutants
{
    public static IEnumerable<Mutant> All =>
    [
        new("streams plain text", "6.headers") { Reply = reply => OfStream(reply, () => reply.Headers["Content-Type"] = "text/plain") },
        new("lets nginx buffer", "6.headers") { Reply = reply => OfStream(reply, () => reply.Headers.Remove("X-Accel-Buffering")) },
        new("lets proxies store the stream", "6.headers")
        {
            Reply = reply => OfStream(reply, () => reply.Headers["Cache-Control"] = "no-cache"),
        },
        new("compresses the stream", "6.never-compressed")
        {
            Reply = reply => OfStream(reply, () => reply.Headers["Content-Encoding"] = "gzip"),
        },
        new("ends lines with CRLF", "6.line-ends") { LineEnd = "\r\n" },
        new("says no ready", "6.ready") { Block = (block, _) => block.Contains("event: ready", StringComparison.Ordinal) ? [] : [block] },
        new("says ready twice", "6.ready")
        {
            Block = (block, _) => block.Contains("event: ready", StringComparison.Ordinal) ? [block, block] : [block],
        },
        new("says something before ready", "6.ready")
        {
            Block = (block, _) => block.Contains("event: ready", StringComparison.Ordinal) ? ["event: hello\ndata: {}", block] : [block],
        },
        new("says ready with data", "6.ready") { Block = Replace("data: {}", "data: {\"node\":1}") },
        new("gives no retry", "6.at-once")
        {
            Block = (block, _) =>
                block.StartsWith("retry:", StringComparison.Ordinal) ? [string.Join('\n', block.Split('\n')[1..])] : [block],
        },
        new("gives everybody the same retry", "6.retry-jitter")
        {
            Block = (block, _) => [System.Text.RegularExpressions.Regex.Replace(block, "retry: ?[0-9]+", "retry: 3000")],
        },
        new("pings with data", "6.ping")
        {
            Block = (block, _) => [block.StartsWith("event: ping", StringComparison.Ordinal) ? "event: ping\ndata: {}" : block],
        },
        new("pings as a comment", "6.ping")
        {
            Block = (block, _) => [block.StartsWith("event: ping", StringComparison.Ordinal) ? ":" : block],
        },
        new("streams on without a token", "6.ends-with-token") { NeverEndsStreams = true },
        new("streams on for a disabled tenant", "6.ends-when-disabled") { NeverEndsStreams = true },
        new("sends an event with more data", "6.chat-completed-data") { Block = Replace("\"chat_id\"", "\"tenant_id\":1,\"chat_id\"") },
        new("numbers its events", "6.chat-completed-data")
        {
            Block = (block, _) => [block.Contains("chat_completed", StringComparison.Ordinal) ? "id: 7\n" + block : block],
        },
        new("rewrites items in events", "6.backlist-triggered-data") { Block = Replace("1.0E2", "100") },
        new("sends another tenant's events", "6.isolation") { Swaps = Needs.Tenant, AlsoStreamOf = () => MutantStand.Means.Tenant!.Value },
        new("loses every second stream's events", "6.every-stream") { Block = new Every(2).Spoil },
        new("replays what was missed", "6.live-only") { Block = new Replay().Spoil },
        new("sends events of a chat in disorder", "6.order") { Block = new Disorder().Spoil },
        new("sends events twice", "6.none-twice")
        {
            Block = (block, _) => block.Contains("triggered", StringComparison.Ordinal) ? [block, block] : [block],
        },
        new("loses a repeated trigger", "6.every-trigger") { Block = new Distinct().Spoil },
        new("completes twice", "6.completed-once")
        {
            Block = (block, _) => block.Contains("completed", StringComparison.Ordinal) ? [block, block] : [block],
        },
        new("tells of beginnings and ends", "6.not-on-the-wire")
        {
            Block = (block, _) =>
                block.Contains("completed", StringComparison.Ordinal) ? ["event: chat_started\ndata: {}", block] : [block],
        },
        new("gives chosen events more data", "8.live-kinds") { Block = Replace("\"chat_id\"", "\"tenant_id\":1,\"chat_id\"") },
        new("sends kinds that were not chosen", "8.live-kinds")
        {
            Block = (block, _) =>
                block.Contains("chat_started", StringComparison.Ordinal)
                    ? [block, block.Replace("chat_started", "chat_completed", StringComparison.Ordinal)]
                    : [block],
        },
        new("streams the other profiles too", "8.live-profile") { Request = request => DropFromQuery(request, "profile_id") },
        new("takes any kind of event", "8.live-unknown") { Request = request => DropFromQuery(request, "events") },
        new("never completes", "6.completed")
        {
            Reply = reply =>
                reply.Body = reply.IsTenantDetail
                    ? reply.Body.Replace("\"completed\"", "\"in_progress\"", StringComparison.Ordinal)
                    : reply.Body,
        },
        new("never sweeps", "6.swept") { Block = (block, _) => block.Contains("chat_completed", StringComparison.Ordinal) ? [] : [block] },
        new("refuses streams with nothing", "6.refused")
        {
            Reply = reply =>
            {
                if (reply.Path == Paths.Stream && reply.Status == 401)
                    (reply.Status, reply.Body) = (204, "");
            },
        },
        new("touches updated_at at the end", "6.ended-while-running") { Reply = reply => Ended(reply) },
        new("makes a completed chat ended", "6.ended-when-completed")
        {
            Reply = reply =>
            {
                if (reply.Method == "DELETE")
                    reply.Data(data => data["status"] = "ended");
            },
        },
    ];

    private static void OfStream(Reply reply, Action change)
    {
        if (reply.Path == Paths.Stream)
            change();
    }

    private static Func<string, HttpContext, IEnumerable<string>> Replace(string text, string other) =>
        (block, _) => [block.Replace(text, other, StringComparison.Ordinal)];

    private static void DropFromQuery(HttpRequestMessage request, string parameter)
    {
        var uri = request.RequestUri!;
        if (uri.AbsolutePath == Paths.Stream)
            request.RequestUri = new UriBuilder(uri)
            {
                Query = string.Join(
                    '&', uri.Query.TrimStart('?').Split('&').Where(part => !part.StartsWith(parameter + "=", StringComparison.Ordinal))),
            }.Uri;
    }

    private static void Ended(Reply reply)
    {
        if (reply.Method == "DELETE")
            reply.Data(data => data["updated_at"] = data["ended_at"]!.DeepClone());
    }

    private static bool IsChats(string block) => block.Contains("chat_id", StringComparison.Ordinal);

    /// <summary>Every so manyth stream gets nothing but ready.</summary>
    private sealed class Every(int number)
    {
        private readonly List<string> _streams = [];

        public IEnumerable<string> Spoil(string block, HttpContext context)
        {
            lock (_streams)
            {
                if (!_streams.Contains(context.TraceIdentifier))
                    _streams.Add(context.TraceIdentifier);
                return (_streams.IndexOf(context.TraceIdentifier) + 1) % number == 0 && IsChats(block) ? [] : [block];
            }
        }
    }

    /// <summary>Gives who asks for it all events again, after ready.</summary>
    private sealed class Replay
    {
        private readonly List<string> _past = [];

        public IEnumerable<string> Spoil(string block, HttpContext context)
        {
            lock (_past)
            {
                if (IsChats(block))
                    _past.Add(block);
                return block.Contains("event: ready", StringComparison.Ordinal) && context.Request.Headers.ContainsKey("Last-Event-ID")
                    ? [block, .. _past]
                    : [block];
            }
        }
    }

    /// <summary>Holds one trigger back until the next one has left.</summary>
    private sealed class Disorder
    {
        private string? _held;

        public IEnumerable<string> Spoil(string block, HttpContext context)
        {
            if (block.Contains("\"number\":3", StringComparison.Ordinal))
            {
                _held = block;
                return [];
            }

            return block.Contains("\"number\":4", StringComparison.Ordinal) && _held is { } held ? [block, held] : [block];
        }
    }

    /// <summary>Takes an event that says the same for the same.</summary>
    private sealed class Distinct
    {
        private readonly HashSet<string> _seen = [];

        public IEnumerable<string> Spoil(string block, HttpContext context)
        {
            lock (_seen)
                return !IsChats(block) || _seen.Add(block) ? [block] : [];
        }
    }
}
