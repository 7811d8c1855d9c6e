using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace SdkChat.Faults.Load;

/// <summary>
/// What SDK callers were told: success, a clean 503, what a proxy says of a dead node, or something they should never see.
/// </summary>
internal sealed class CallCounts
{
    private int _succeeded;
    private int _unavailable;
    private int _proxy;

    public int Succeeded => _succeeded;

    public int Unavailable => _unavailable;

    public int Proxy => _proxy;

    /// <summary>Anything else, in words.</summary>
    public ConcurrentQueue<string> Strange { get; } = new();

    public void Broken() => Interlocked.Increment(ref _proxy);

    public void Note(string call, HttpResponseMessage response, string body)
    {
        if (response.IsSuccessStatusCode)
            Interlocked.Increment(ref _succeeded);
        else if (response.StatusCode == HttpStatusCode.ServiceUnavailable && IsClean(response, body))
            Interlocked.Increment(ref _unavailable);
        else if (response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
            && body.Contains("<center>nginx", StringComparison.Ordinal))
            Interlocked.Increment(ref _proxy);
        else
            Strange.Enqueue($"{call}: {(int)response.StatusCode} {body[..Math.Min(200, body.Length)]}");
    }

    private static bool IsClean(HttpResponseMessage response, string body)
    {
        if (response.Headers.RetryAfter is null || !body.StartsWith('{'))
            return false;

        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("code", out var code) && code.GetString() == "UNAVAILABLE";
    }
}
