using Dapper;
using Npgsql;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>
/// Calls without a verified credential store no audit entry, and displace none. Equal reads within an hour are one entry with their number.
/// </summary>
public sealed class AuditFloodTests
{
    private const int Flood = 600, AtOnce = 16, Reads = 20;

    private const string Path = "/api/v1/admin/tenants";

    private static readonly (string, string)[] ForeignPage = [("Origin", "https://evil.example")];

    [Test]
    public async Task Flood_WithoutACredential_StoresNothingAndDisplacesNoEntry()
    {
        var rig = ProductionSetup.Rig;
        foreach (var proxy in new[] { rig.Nginx, rig.Haproxy })
        {
            using var client = new RigClient(proxy, rig.Certificate);
            await using var database = new NpgsqlConnection(rig.OwnerConnectionString);
            var subject = $"honest-{Guid.NewGuid():N}";

            var flood = FloodAsync(client);
            for (var read = 0; read < Reads; read++)
                (await client.BackofficeAsync(Path, Token(subject))).Status.Should().Be(200, proxy.Name);
            (await flood).Distinct().Should().BeSubsetOf([401, 403, 429], proxy.Name);

            await Eventually.TrueAsync(async () =>
                await database.ExecuteScalarAsync<int>(
                    "select coalesce(sum(calls), 0)::int from audit_entry where subject = @subject", new { subject }) == Reads);
            (await database.ExecuteScalarAsync<int>("select count(*) from audit_entry where subject is null"))
                .Should().Be(0, $"{proxy.Name}: only a verified token has a subject");
        }
    }

    /// <summary>Wrong tokens and calls of foreign pages in turn; the first have a limit.</summary>
    private static async Task<IReadOnlyCollection<int>> FloodAsync(RigClient client)
    {
        var statuses = new System.Collections.Concurrent.ConcurrentBag<int>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Flood), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
                statuses.Add((await client.BackofficeAsync(Path, "no.good.token", number % 2 == 0 ? [] : ForeignPage)).Status));
        return statuses;
    }

    private static string Token(string subject) => TestTokens.Hs256(
        new Dictionary<string, object?>(TestTokens.BackofficeClaims(TimeProvider.System.GetUtcNow())) { ["sub"] = subject },
        TestTokens.BackofficeSecret);
}
