using System.Globalization;
using System.Text.RegularExpressions;

namespace SdkChat.Bench.Standby;

/// <summary>The service's own counter of history reads, by the server that answered.</summary>
/// <param name="port">Where it serves its metrics.</param>
internal sealed partial class HistoryReads(int port) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"),
    };

    public async Task<Counts> ReadAsync(CancellationToken cancellationToken)
    {
        var text = await _client.GetStringAsync("/metrics", cancellationToken);
        var counts = Reads().Matches(text)
            .ToDictionary(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return new Counts(counts["standby"], counts["primary"]);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex(
        """^sdkchat_history_reads_total\{[^}]*server="(\w+)"[^}]*\} ([0-9.e+]+)""", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Reads();

    internal readonly record struct Counts(double Standby, double Primary)
    {
        public static Counts operator -(Counts after, Counts before) => new(after.Standby - before.Standby, after.Primary - before.Primary);
    }
}
