using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.Live;

/// <summary>Section 6: the stream itself.</summary>
internal static class StreamRules
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    [Rule("6.ready", "ready comes once, first, with {}.", Needs.Tenant)]
    public static async Task Ready(Service service)
    {
        await using var live = await service.ReadyAsync(service.Tenant);
        live.Expect(live.Events[0] is { Event: "ready", Data: "{}" }, "ready {} first", $"{live.Events[0].Event} {live.Events[0].Data}");
        await Pace.OfAsync(Quiet);
        live.Expect(
            live.Events.Count(block => block.Event == "ready") == 1, "one ready", $"{live.Events.Count(block => block.Event == "ready")}");
    }

    [Rule("6.at-once", "Headers, retry: and ready leave at once, over HTTP/1.0 too.", Needs.Tenant)]
    public static async Task AtOnceReady(Service service)
    {
        await using var live = await service.ReadyAsync(service.Tenant);
        live.Expect(
            live.HeadAt < AtOnce && live.Events[0].At < AtOnce, $"headers and ready within {AtOnce.TotalSeconds:F0} s",
            $"headers after {live.HeadAt.TotalSeconds:F1} s, ready after {live.Events[0].At.TotalSeconds:F1} s");
        live.Expect(
            live.Blocks.Any(block => int.TryParse(block.Field("retry"), out var wait) && wait > 0), "retry: with milliseconds", "none");
        var old = await RawRequest.UntilReadyAsync(service, service.Tenant, AtOnce);
        live.Expect(old.Contains("event: ready\ndata: {}\n\n", StringComparison.Ordinal), "ready over HTTP/1.0 too", old);
        live.Expect(!old.Contains("chunked", StringComparison.OrdinalIgnoreCase), "an unchunked body over HTTP/1.0", old);
    }

    [Rule("6.headers", "Content-Type: text/event-stream; Cache-Control: no-cache, no-store; X-Accel-Buffering: no.", Needs.Tenant)]
    public static async Task Headers(Service service)
    {
        await using var live = await service.ReadyAsync(service.Tenant);
        live.Expect(
            live.Head.Header("Content-Type").Split(';')[0].Trim() == "text/event-stream", "Content-Type: text/event-stream",
            live.Head.Header("Content-Type"));
        live.Head.ShouldList("Cache-Control", "no-cache").ShouldList("Cache-Control", "no-store").ShouldSay("X-Accel-Buffering", "no");
    }

    [Rule("6.never-compressed", "A stream is never compressed.", Needs.Tenant)]
    public static async Task NeverCompressed(Service service)
    {
        await using var live = await service.ListenAsync(
            service.Tenant, ("Accept-Encoding", "gzip, deflate, br, zstd"), ("Accept", "text/event-stream"));
        live.Head.ShouldBe(200)
            .Expect(live.Head.Header("Content-Encoding") is "" or "identity", "no Content-Encoding", live.Head.Header("Content-Encoding"));
        await live.ReadyAsync();
    }

    [Rule("6.line-ends", "Lines end in LF.", Needs.Tenant)]
    public static async Task LineEnds(Service service)
    {
        await using var live = await service.ReadyAsync(service.Tenant);
        live.Expect(!live.HasCarriageReturns, "LF alone", "a carriage return");
    }

    [Rule("6.retry-jitter", "retry: is jittered.", Needs.Tenant)]
    public static async Task RetryJitter(Service service)
    {
        var waits = new HashSet<string?>();
        for (var i = 0; i < 6 && waits.Count < 2; i++)
        {
            await using var live = await service.ReadyAsync(service.Tenant);
            waits.Add(live.Blocks.Select(block => block.Field("retry")).FirstOrDefault(retry => retry is not null));
        }

        if (waits.Count < 2)
            throw new RuleBrokenException("another retry: now and then", $"retry: {waits.Single()} six times");
    }

    [Rule("6.ping", "ping comes every 25 s (± 2 s), the first 25 s after ready, with an empty data line.", Needs.Tenant, IsLong = true)]
    public static async Task Ping(Service service)
    {
        // A reader on a busy machine can be seconds late itself: an interval is wrong if it is wrong on three streams.
        for (var left = 2; !await HasPingsAsync(service, isLast: left == 0); left--)
        {
        }
    }

    private static async Task<bool> HasPingsAsync(Service service, bool isLast)
    {
        await using var live = await service.ReadyAsync(service.Tenant);
        var before = live.Events[0].At;
        for (var number = 1; number <= 2; number++)
        {
            var which = number == 1 ? "the first ping" : "the second ping";
            // One second more than it may take, so that a late one is told as late and not as missing.
            var limit = before + TimeSpan.FromSeconds(28) - live.Elapsed;
            var ping = await live.UntilAsync(
                block => block.Event == "ping" && block.At > before, $"{which} 25 s (± 2 s) after {before.TotalSeconds:F1} s", limit);
            var after = (ping.At - before).TotalSeconds;
            if (after is < 23 or > 27 && !isLast)
                return false;
            live.Expect(after is >= 23 and <= 27, $"{which} after 25 s (± 2 s)", $"after {after:F1} s");
            live.Expect(
                ping.Data == "" && ping.Raw.Split('\n').Contains("data:"), "data: with nothing after it",
                ping.Raw.Replace("\n", "\\n", StringComparison.Ordinal));
            before = ping.At;
        }

        live.Expect(live.Events.Count(block => block.Event == "ready") == 1, "one ready", "more");
        return true;
    }

    [Rule("6.refused", "A stream without a good credential is 401 or 403 with the envelope.", Needs.Tenant)]
    public static async Task Refused(Service service)
    {
        (await service.GetAsync(Paths.Stream)).ShouldFail(401, "UNAUTHENTICATED");
        (await service.GetAsync(Paths.Stream, service.Tenant.Forged("x.y.z"), ("Accept", "text/event-stream")))
            .ShouldFail(401, "UNAUTHENTICATED");
        if (service.Means.TenantWithoutRole is { } viewer)
            (await service.GetAsync(Paths.Stream, viewer, ("Accept", "text/event-stream"))).ShouldFail(403, "FORBIDDEN");
    }

    [Rule("6.ends-with-token", "The stream ends when the token would no longer be accepted: exp and 30 s.",
        Needs.TenantSecret, IsLong = true)]
    public static async Task EndsWithToken(Service service)
    {
        var exp = Standing.Forge.InSeconds(-22);
        await using var live = await service.ReadyAsync(service.Means.TenantForge!.With(claims => claims["exp"] = exp));
        await live.EndAsync(TimeSpan.FromSeconds(14), "its token was good for 8 s more");
        live.Expect(
            live.Elapsed > TimeSpan.FromSeconds(5), "a stream until the token's last second",
            $"an end after {live.Elapsed.TotalSeconds:F1} s");
    }

    [Rule("6.ends-when-disabled", "The stream ends when the tenant is disabled.", Needs.Operator | Needs.Writes, IsLong = true)]
    public static async Task EndsWhenDisabled(Service service)
    {
        var disabled = await service.Farewell.TenantAsync();
        if (disabled.Stream is null)
            throw new CannotTellException("nobody here can sign a token of a tenant that is to be disabled");
        disabled.Stream.Expect(disabled.StreamEnded, "the stream's end within 5 s of disabling the tenant", "it is still open");
    }
}
