using System.Net.Http.Headers;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.History;

/// <summary>Reads pages over HTTP, as a dashboard does.</summary>
internal sealed class PageReader(int port) : IDisposable
{
    /// <summary>Rounds that are not measured, at least: until then some code and statements have not been compiled and prepared.</summary>
    private const int MinWarmUp = 20;

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"),
    };

    /// <summary>One at a time. All of them in turn in each round, so that what disturbs the machine disturbs them alike.</summary>
    /// <returns>The median of each, in milliseconds.</returns>
    public async Task<IReadOnlyList<double>> MediansAsync(
        IReadOnlyList<(string Path, string Token)> pages, int rounds, CancellationToken cancellationToken) =>
        [.. (await TimesAsync(pages, rounds, cancellationToken)).Select(Median.Compute)];

    /// <returns>Of each, the time in milliseconds that so large a fraction does not exceed.</returns>
    public async Task<IReadOnlyList<double>> PercentilesAsync(
        IReadOnlyList<(string Path, string Token)> pages, double fraction, int rounds, CancellationToken cancellationToken) =>
        [.. (await TimesAsync(pages, rounds, cancellationToken))
            .Select(times => times.Order().ElementAt((int)Math.Ceiling(times.Count * fraction) - 1))];

    private async Task<IReadOnlyList<List<double>>> TimesAsync(
        IReadOnlyList<(string Path, string Token)> pages, int rounds, CancellationToken cancellationToken)
    {
        var times = pages.Select(_ => new List<double>()).ToArray();
        for (var round = -Math.Max(rounds / 5, MinWarmUp); round < rounds; round++)
        {
            for (var page = 0; page < pages.Count; page++)
            {
                var time = await TimeAsync(pages[page].Path, pages[page].Token, cancellationToken);
                if (round >= 0)
                    times[page].Add(time);
            }
        }

        return times;
    }

    /// <returns>The milliseconds that one answer took, its body included.</returns>
    public async Task<double> TimeAsync(string path, string token, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        await GetAsync(path, token, cancellationToken);
        return TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <returns>The length of an answer's body.</returns>
    public async Task<long> LengthAsync(string path, string token, CancellationToken cancellationToken) =>
        await GetAsync(path, token, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<long> GetAsync(string path, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
        return response.Content.Headers.ContentLength ?? 0;
    }
}
