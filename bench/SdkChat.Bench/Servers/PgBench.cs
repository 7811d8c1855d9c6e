using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace SdkChat.Bench.Servers;

/// <summary>PostgreSQL's own load generator: what the database gives to somebody who does nothing but ask it.</summary>
internal static partial class PgBench
{
    /// <summary>Where Debian has it; null where it is not installed.</summary>
    public static string? Program { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", "pgbench")).Where(File.Exists)
            .Max()
        : null;

    /// <param name="script">One transaction: prepared once, each statement on a line.</param>
    /// <returns>Transactions a second.</returns>
    public static async Task<double> RateAsync(
        string connectionString, string script, int clients, TimeSpan duration, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script, cancellationToken);
            var output = await OutputAsync(
                new NpgsqlConnectionStringBuilder(connectionString), file, clients, (int)duration.TotalSeconds, cancellationToken);
            // Where not one came through in time it does not even say 0.
            return Rate().Match(output) is { Success: true } rate ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> OutputAsync(
        NpgsqlConnectionStringBuilder settings, string file, int clients, int seconds, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            Program!, ["-n", "-M", "prepared", "-c", $"{clients}", "-j", "1", "-T", $"{seconds}", "-f", file, settings.Database!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["PGHOST"], start.Environment["PGPORT"]) = (settings.Host, settings.Port.ToString(CultureInfo.InvariantCulture));
        (start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (settings.Username, settings.Password);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"pgbench: {await error}");
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Rate();
}
