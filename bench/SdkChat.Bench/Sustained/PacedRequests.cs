using System.Net.Http.Headers;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Sustained;

/// <summary>Requests at a steady rate, whether the answers are quick or slow, each timed from when it was due.</summary>
internal sealed class PacedRequests(HttpClient client)
{
    private readonly Histogram _times = new();
    private readonly Lock _adding = new();

    /// <summary>Milliseconds that so large a share did not exceed.</summary>
    public double Quantile(double share) => _times.Quantile(share);

    public long Count => _times.Count;

    public void Forget() => _times.Clear();

    /// <param name="requests">Asked for in turn.</param>
    /// <exception cref="HttpRequestException">One was refused or broke off.</exception>
    public async Task RunAsync(
        IReadOnlyList<(string Path, string Token)> requests, double perSecond, int seconds, CancellationToken cancellationToken)
    {
        var asked = new List<Task>();
        await foreach (var number in Pace.KeepAsync(perSecond, (int)(perSecond * seconds), cancellationToken))
            asked.Add(TimeAsync(requests[number % requests.Count], cancellationToken));
        await Task.WhenAll(asked);
    }

    /// <summary>One after the other, without a pause.</summary>
    /// <returns>The bytes that came.</returns>
    public async Task<long> RepeatAsync(
        IReadOnlyList<(string Path, string Token)> requests, int seconds, CancellationToken cancellationToken)
    {
        var (started, bytes) = (TimeProvider.System.GetTimestamp(), 0L);
        for (var number = 0; TimeProvider.System.GetElapsedTime(started).TotalSeconds < seconds; number++)
            bytes += await TimeAsync(requests[number % requests.Count], cancellationToken);
        return bytes;
    }

    private async Task<long> TimeAsync((string Path, string Token) what, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Get, what.Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", what.Token);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var (buffer, bytes) = (new byte[16 * 1024], 0L);
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
            bytes += read;
        lock (_adding)
            _times.Add(TimeProvider.System.GetElapsedTime(started).TotalMicroseconds);
        return bytes;
    }
}
