using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SdkChat.Bench.Report;

/// <summary>The same for machines.</summary>
internal static class BenchJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(string file, BenchRun run, IReadOnlyList<BenchRow> rows) => File.WriteAllText(file, JsonSerializer.Serialize(
        new
        {
            at = DateTimeOffset.UtcNow,
            quick = run.Quick,
            machine = new
            {
                system = RuntimeInformation.OSDescription, cores = Environment.ProcessorCount,
                runtime = RuntimeInformation.FrameworkDescription,
            },
            rows = rows.Select(row => new
            {
                row.Bench, row.Measure, row.Ours, against = row.PeerName, row.Peer, row.Ratio, target = row.Target?.ToString(), row.Met,
            }),
        },
        Options));
}
