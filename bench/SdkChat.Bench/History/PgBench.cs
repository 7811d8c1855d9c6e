using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace SdkChat.Bench.History;

/// <summary>PostgreSQL's own load generator: what the database gives to somebody who does nothing but ask it.</summary>
internal static class PgBench
{
    /// <summary>Where Debian has it; null where it is not installed.</summary>
    public static string? Program { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", "pgbench")).Where(File.Exists).Max()
        : null;

    /// <summary>The page alone: no total, no page number, no service.</summary>
    public static string FirstPage(Guid tenant) =>
        $"""
        with page as materialized (
          select chat_id, tenant_id, profile_id, prompt, status, last_error, created_at, updated_at, ended_at from sdk_chat
          where tenant_id = '{tenant}' order by created_at desc, chat_id desc limit 20
        )
        select c.*, p.data ->> 'name', p.data ->> 'gender', p.data ->> 'age', p.data ->> 'locale'
        from page c
        left join lateral (select data from sdk_profile where tenant_id = c.tenant_id and profile_id = c.profile_id limit 1) p on true
        order by c.created_at desc, c.chat_id desc;
        """;

    /// <returns>Statements a second.</returns>
    public static async Task<double> RateAsync(string connectionString, string statement, int clients, TimeSpan duration, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, statement.ReplaceLineEndings(" "), cancellationToken);
            var seconds = Math.Max(1, (int)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            var start = new ProcessStartInfo(
                Program!,
                ["-n", "-M", "prepared", "-c", clients.ToString(CultureInfo.InvariantCulture), "-T", seconds, "-f", script,
                    "-h", settings.Host!, "-p", settings.Port.ToString(CultureInfo.InvariantCulture), "-U", settings.Username!, settings.Database!])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            start.Environment["PGPASSWORD"] = settings.Password;
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var line = output.Split('\n').FirstOrDefault(line => line.StartsWith("tps = ", StringComparison.Ordinal))
                ?? throw new InvalidOperationException($"pgbench: {await errors}");
            return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(script);
        }
    }
}
