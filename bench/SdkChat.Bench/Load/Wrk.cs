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

    /// <param name="paths">What is asked for, in turn.</param>
    /// <param name="header">One more header of each request.</param>
    /// <returns>Answers a second.</returns>
    public static async Task<double> RateAsync(
        int port, IReadOnlyList<string> paths, string token, int clients, TimeSpan duration, CancellationToken cancellationToken,
        string? header = null)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, InTurn(paths), cancellationToken);
            return await RateAsync(
                [
                    "-t1", $"-c{clients}", FormattableString.Invariant($"-d{duration.TotalSeconds:0}s"), "-s", script, "-H",
                    $"Authorization: Bearer {token}",
                    .. header is null ? Array.Empty<string>() : ["-H", header],
                    $"http://127.0.0.1:{port}",
                ],
                cancellationToken);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static async Task<double> RateAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 && !output.Contains("Non-2xx", StringComparison.Ordinal)
            ? double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"wrk: {output}");
    }

    /// <summary>Requests are made once: making one costs more than sending it.</summary>
    private static string InTurn(IEnumerable<string> paths) =>
        $$"""
        local requests, n = {}, 0
        init = function() for i, path in ipairs({ {{string.Join(", ", paths.Select(path => $"'{path}'"))}} }) do requests[i] = wrk.format("GET", path) end end
        request = function() n = n % #requests + 1; return requests[n] end
        """;

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
