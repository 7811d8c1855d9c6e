using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SdkChat.Bench.Load;

/// <summary>Asks one thing over and over, on one thread and for next to nothing a request, so that a server is what is measured.</summary>
internal static partial class Wrk
{
    private const string Program = "/usr/bin/wrk";

    /// <summary>Whether this machine has it.</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <returns>Answers a second.</returns>
    public static async Task<double> RateAsync(int port, string path, string token, int clients, TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            Program,
            ["-t1", $"-c{clients}", FormattableString.Invariant($"-d{duration.TotalSeconds:0}s"), "-H", $"Authorization: Bearer {token}", $"http://127.0.0.1:{port}{path}"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 && !output.Contains("Non-2xx", StringComparison.Ordinal)
            ? double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"wrk: {output}");
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
