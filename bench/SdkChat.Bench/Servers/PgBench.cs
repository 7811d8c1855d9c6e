using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats;

namespace SdkChat.Bench.Servers;

/// <summary>PostgreSQL's own load generator, running the very statements of the service.</summary>
internal static partial class PgBench
{
    /// <summary>A uuid of the run's number: two statements of one transaction must mean the same chat.</summary>
    private const string Chat = "md5(:n::text)::uuid";

    /// <returns>Transitions a second: a kickoff and a completion are two.</returns>
    public static async Task<double> RunAsync(SdkChatServer server, int clients, int seconds, CancellationToken cancellationToken)
    {
        var (tenant, profile) = (server.Tenants[0], Guid.CreateVersion7());
        await using (var connection = new NpgsqlConnection(server.Database.ConnectionString))
        {
            await connection.ExecuteAsync(
                "insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at) values (@profile, @tenant, '{}', now(), now())", new { profile, tenant });
        }

        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, Script(tenant, profile), cancellationToken);
        try
        {
            var output = await OutputAsync(server.Database.ConnectionString, script, clients, seconds, cancellationToken);
            return 2 * double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static string Script(Guid tenant, Guid profile) =>
        $"""
        \set n random(1, 9000000000000000000)
        {Bound(ChatWriteSql.Add, tenant, profile, "chat_started", "in_progress", 0)};
        {Bound(ChatWriteSql.Complete, tenant, profile, "chat_completed", "completed", 1)};
        """;

    /// <summary>Its parameters as pgbench would bind them, or as constants, which costs the server nothing once prepared.</summary>
    private static string Bound(string sql, Guid tenant, Guid profile, string kind, string status, int revision)
    {
        var values = new Dictionary<string, string>
        {
            ["tenant"] = $"'{tenant}'::uuid", ["profile"] = $"'{profile}'::uuid", ["chat"] = Chat, ["session"] = "null::uuid",
            ["prompt"] = "'Dinner ideas?'", ["status"] = $"'{status}'", ["backListStatus"] = "'not_started'",
            ["createdAt"] = "now() + interval '1 hour'", ["updatedAt"] = "now()", ["at"] = "now()", ["kind"] = $"'{kind}'", ["eventItems"] = "null::bytea",
            ["todos"] = "'[]'::bytea", ["recommendedItems"] = "'[]'::bytea", ["notificationItems"] = "'[]'::bytea",
            ["storedRevision"] = "0", ["revision"] = revision.ToString(CultureInfo.InvariantCulture),
        };
        return Parameter().Replace(sql, match => values[match.Groups[1].Value]).Replace('\n', ' ');
    }

    private static async Task<string> OutputAsync(string connectionString, string script, int clients, int seconds, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(
            Directory.GetFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).FirstOrDefault() ?? "pgbench",
            ["-n", "-M", "prepared", "-c", $"{clients}", "-j", "1", "-T", $"{seconds}", "-f", script, settings.Database!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["PGHOST"], start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (settings.Host, settings.Username, settings.Password);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"pgbench: {await error}");
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex("@([A-Za-z]+)")]
    private static partial Regex Parameter();
}
