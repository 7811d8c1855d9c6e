using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Nodes;
using SdkChat.Infrastructure.Standby;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live;

/// <summary>Whether the connections of all nodes fit into what the server takes.</summary>
public sealed class ConnectionBudgetTests
{
    [TestCase(3, 24, null)]
    [TestCase(3, 59, null)]
    [TestCase(
        3, 59,
        "3 nodes may open 66 connections each to PostgreSQL, 198 together, and the server allows this role 197: *Set Database:MaxPoolSize "
            + "to 58 or less*",
        true)]
    [TestCase(
        3, 90,
        "3 nodes may open 96 connections each to PostgreSQL, 288 together, and the server allows this role 197: *Set Database:MaxPoolSize "
            + "to 59 or less*")]
    [TestCase(0, 300, "1 nodes may open 306 connections each*")]
    public async Task Nodes_ByTheirNumberAndPools_FitOrAreWarnedOf(int nodes, int poolSize, string? warning, bool hasStandby = false)
    {
        await using var database = await TestDatabase.CreateAsync();
        await new Rows(database.ConnectionString).ExecuteAsync(
            "insert into node (node_id, name, seen_at) select gen_random_uuid(), 'node-' || n, now() + interval '1 hour' "
                + "from generate_series(1, @nodes) n",
            new { nodes });
        using var logs = new TestLogs();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        var options = new DatabaseOptions { MaxPoolSize = poolSize };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:SdkChat"] = database.ConnectionString,
            ["ConnectionStrings:HistoryStandby"] = hasStandby ? database.ConnectionString : null,
        }).Build();
        await using var connections = new FeedConnections(configuration, Options.Create(options));
        await using var standby = new StandbyConnections(configuration, Options.Create(options));
        using var budget = new ConnectionBudget(
            connections, standby, DataSourceFactory.Settings(database.ConnectionString, options), TimeProvider.System,
            factory.CreateLogger<ConnectionBudget>());

        await budget.CompareAsync(default);

        if (warning is null)
            logs.Entries.Should().BeEmpty();
        else
            logs.Entries.Should().ContainSingle().Which.Text.Should().Match(warning);
        await budget.CompareAsync(default);
        logs.Entries.Should().HaveCount(warning is null ? 0 : 1, "it is said once as long as nothing changes");
    }
}
