using System.Globalization;
using Npgsql;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>
/// A database that refuses with FATAL is an outage: 503 through both proxies, few lines in the log, and well again by itself.
/// </summary>
public sealed class RefusingDatabaseTests
{
    private const string EndConnections = "select pg_terminate_backend(pid) from pg_stat_activity where usename = '{1}'";

    /// <summary>Statements that refuse, and that allow again. {0} is the database, {1} the node's role.</summary>
    private static readonly TestCaseData[] Refusals =
    [
        Refusal("28P01", ["alter role {1} password 'another'", EndConnections], ["alter role {1} password 'of-the-node'"]),
        Refusal("28000", ["alter role {1} nologin", EndConnections], ["alter role {1} login"]),
        Refusal("55000", ["alter database {0} allow_connections false", EndConnections], ["alter database {0} allow_connections true"]),
        Refusal(
            "3D000",
            ["alter database {0} allow_connections false", EndConnections, "alter database {0} rename to {0}_away"],
            ["alter database {0}_away rename to {0}", "alter database {0} allow_connections true"]),
    ];

    private SeparateDeployment _deployment = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _deployment = await SeparateDeployment.StartAsync("refused", new Dictionary<string, string>
    {
        ["Database__ConnectTimeoutSeconds"] = "1",
    });

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_deployment is not null)
            await _deployment.DisposeAsync();
    }

    [TestCaseSource(nameof(Refusals)), Order(1)]
    public async Task Database_ThatRefuses_IsAnOutageUntilItAllows(string[] refuse, string[] allow)
    {
        await ExecuteAsync(refuse);
        try
        {
            foreach (var proxy in _deployment.Proxies)
            {
                using var client = SeparateDeployment.Client(proxy);
                for (var call = 0; call < 10; call++)
                {
                    var answer = await client.AdminAsync(_deployment.Tenants[0], "/api/v1/sdk-chat");
                    answer.Status.Should().Be(503, $"{proxy.Name}: {answer.Body}");
                    answer.Body.Should().Contain("\"UNAVAILABLE\"", proxy.Name);
                }
            }
        }
        finally
        {
            await ExecuteAsync(allow);
        }

        foreach (var proxy in _deployment.Proxies)
        {
            using var client = SeparateDeployment.Client(proxy);
            await Polling.UntilAsync(
                "lists are read again", async () => (await client.AdminAsync(_deployment.Tenants[0], "/api/v1/sdk-chat")).Status == 200);
        }

        (await _deployment.Node.IsReadyAsync()).Should().BeTrue();
    }

    /// <summary>Eighty calls failed.</summary>
    [Test, Order(2)]
    public async Task Log_OfAllRefusals_HasFewLinesAndNoTrace()
    {
        var log = await _deployment.Node.LogAsync();
        log.Where(line => line.Contains("A database call failed", StringComparison.Ordinal))
            .Should().HaveCountGreaterThan(0).And.HaveCountLessThan(30);
        log.Should().NotContainMatch("   at *").And.NotContainMatch("*failed unexpectedly*");
    }

    private async Task ExecuteAsync(string[] statements)
    {
        var database = new NpgsqlConnectionStringBuilder(_deployment.Database.ConnectionString).Database;
        await using var superuser = new NpgsqlConnection((await TestPostgres.Shared).ConnectionString("postgres") + ";Pooling=false");
        await superuser.OpenAsync();
        foreach (var statement in statements)
            await Eventually.TrueAsync(
                () => TryExecuteAsync(superuser, string.Format(CultureInfo.InvariantCulture, statement, database, _deployment.Role)));
    }

    /// <returns>False while connections that were ended are not gone yet.</returns>
    private static async Task<bool> TryExecuteAsync(NpgsqlConnection superuser, string statement)
    {
        try
        {
            await using var command = new NpgsqlCommand(statement, superuser);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            return false;
        }
    }

    private static TestCaseData Refusal(string state, string[] refuse, string[] allow) =>
        new TestCaseData(refuse, allow).SetArgDisplayNames(state);
}
