namespace SdkChat.Contract.Fuzzing;

/// <summary>Text that an HTTP client can send in a header.</summary>
internal static class HeaderText
{
    private static readonly string[] Names =
    [
        "Accept", "Accept-Language", "Accept-Charset", "X-Request-Id", "Idempotency-Key", "If-None-Match", "If-Match", "If-Modified-Since",
        "Origin", "Sec-Fetch-Site", "Cookie", "Range", "Prefer", "Last-Event-ID",
        "X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-HTTP-Method-Override", "Content-Encoding", "traceparent",
        "Access-Control-Request-Headers", "User-Agent",
    ];

    private static readonly string[] Values =
    [
        "text/html", "*/*;q=0", "application/json;q=x", "text/event-stream", "application/json, text/csv;q=0.1", "https://evil.example",
        "null", "cross-site", "same-origin", "bytes=0-1", "bytes=-1,5-2", "gzip", "DELETE", "wait=0",
        "wait=99999999999", "wait=-1, respond-async", "for=\"_x\";proto=https;host=evil.example",
        "00-00000000000000000000000000000000-0000000000000000-00", "Thu, 01 Jan 1970 00:00:00 GMT", "tenant_token=x; tenant_token=y", "*",
    ];

    /// <summary>A header that few clients send, or a usual one with a value that few send.</summary>
    public static (string Name, string Value) Create(Random random)
    {
        var name = Names[random.Next(Names.Length)];
        return (name, random.Next(4) switch
        {
            0 => Clean(HostileText.All[random.Next(HostileText.All.Length)]),
            1 => Clean(HostileText.Huge[random.Next(HostileText.Huge.Length)]),
            _ => Values[random.Next(Values.Length)],
        });
    }

    /// <summary>Without the characters that end a header, which clients refuse to send.</summary>
    public static string Clean(string text) => new([.. text.Where(character => character is not ('\r' or '\n' or '\0'))]);
}
