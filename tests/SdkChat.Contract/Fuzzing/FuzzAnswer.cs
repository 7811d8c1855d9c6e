using System.Globalization;
using System.Text;
using SdkChat.Contract.Calls;

namespace SdkChat.Contract.Fuzzing;

/// <summary>What came back. Bodies that are no JSON, such as streams and exports, are read to a limit only.</summary>
internal sealed record FuzzAnswer(int Status, string ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private const int Most = 4 * 1024 * 1024;
    private const int MostOfOthers = 16 * 1024;

    private static readonly TimeSpan LongestBody = TimeSpan.FromSeconds(30);

    public bool IsJson => ContentType == "application/json";

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>
    /// What the web server refuses before the application sees it has an empty body and no request id (contract, section 2).
    /// </summary>
    public bool IsOfWebServer => Status >= 400 && Body.Length == 0 && !Headers.ContainsKey("X-Request-Id");

    /// <summary>How long a rate limit asks to wait.</summary>
    public TimeSpan? RateLimited =>
        Status == 429 && Text.Contains("RATE_LIMITED", StringComparison.Ordinal)
        && int.TryParse(Headers.GetValueOrDefault("Retry-After"), CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    public static async Task<FuzzAnswer> SendAsync(HttpClient client, Call call, Uri service)
    {
        using var request = call.ToRequest(service);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        using var limit = new CancellationTokenSource(LongestBody);
        await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
        return new FuzzAnswer(
            (int)response.StatusCode, type, headers,
            type == "text/event-stream" ? [] : await ReadAsync(body, type == "application/json" ? Most : MostOfOthers, limit.Token));
    }

    private static async Task<byte[]> ReadAsync(Stream body, int most, CancellationToken cancellationToken)
    {
        var (read, buffer) = (new MemoryStream(), new byte[16 * 1024]);
        int count;
        while (read.Length < most && (count = await body.ReadAsync(buffer, cancellationToken)) > 0)
            read.Write(buffer, 0, count);
        return read.ToArray();
    }
}
