using System.Net.Sockets;
using Dapper;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Alerts;

/// <summary>
/// Each alert fires for the fault that it is for: a real node, a real Prometheus, the shipped rules with their times shortened.
/// </summary>
/// <remarks>In this order: the first test needs a node to which nothing has happened, the last one leaves none.</remarks>
public sealed class AlertTests
{
    private const int StuckStreams = 25;

    /// <summary>What a machine with too much to do brings about without any other fault.</summary>
    private static readonly string[] OfSlowMachines = ["SdkChatSlowHistory", "SdkChatLag"];

    private static readonly string LargeItems = $"[\"{new string('x', 60_000)}\"]";

    private readonly string _folder = Directory.CreateTempSubdirectory("sdkchat-alerts-").FullName;
    private readonly HashSet<string> _proven = [];

    private WatchedNode _node = null!;
    private Prometheus _prometheus = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (Programs.Find("prometheus") is null)
            Assert.Ignore("prometheus is not installed.");
        _node = await WatchedNode.StartAsync(_folder);
        _prometheus = await Prometheus.StartAsync(_folder, _node.Service.MetricsPort, ProductionSetup.Rig.Nodes[0].MetricsPort);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_prometheus is not null)
            await _prometheus.DisposeAsync();
        if (_node is not null)
            await _node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test, Order(0)]
    public async Task Nothing_FiresOrIsAboutTo_WhileTheNodeIsWell()
    {
        for (var call = 0; call < 10; call++)
            (await _node.ListAsync()).Should().Be(200);
        await Polling.UntilAsync(
            "the calls are in Prometheus",
            async () =>
                await _prometheus.QueryAsync("http_server_request_duration_seconds_count{http_route=\"api/v1/sdk-chat\"} >= 10") > 0);

        (await _prometheus.AlertsAsync(pending: true)).Except(OfSlowMachines).Should().BeEmpty();
    }

    /// <summary>The first streams that this node loses since its start: their series must be there before.</summary>
    [Test, Order(1)]
    public async Task StreamsLost_DeliveryLost_Errors_WhenTheDatabaseIsAway()
    {
        using var stream = await StreamSocket.ReadyAsync(_node.Service.Address, _node.Tenant.AdminToken());
        await _node.TakeDatabaseAwayAsync();
        try
        {
            await UntilFiredAsync(() => _node.ListAsync(), "SdkChatStreamsLost", "SdkChatDeliveryLost", "SdkChatErrors");
        }
        finally
        {
            await _node.BringDatabaseBackAsync();
        }
    }

    [Test, Order(2)]
    public Task RateLimited_WhenCredentialsAreGuessed() => UntilFiredAsync(
        () => Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _node.ListAsync(token: "guessed"))), "SdkChatRateLimited");

    /// <summary>The node still reads, and its poll of the database finds nothing amiss.</summary>
    [Test, Order(2)]
    public async Task WritesFail_WhenTheDiskIsFull()
    {
        await using var disk = await _node.OpenDatabaseAsync();
        await disk.ExecuteAsync(
            """
            create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'No space left on device' using errcode = 'disk_full'; end $$;
            create trigger full_disk before insert on sdk_profile for each row execute function full_disk();
            """);
        await UntilFiredAsync(() => _node.StoreProfileAsync(), "SdkChatWritesFail");
        await disk.ExecuteAsync("drop function full_disk cascade");
    }

    [Test, Order(3)]
    public async Task PipelineSilent_WhenThePipelineDoesNotAnswer()
    {
        var profile = (await _node.CallAsync(HttpMethod.Post, "/v1/profile", new { name = "Mina" })).GetProperty("profile_id").GetString();
        var chats = $"/v1/chat/{profile}/recommend";
        var chat = (await _node.CallAsync(HttpMethod.Post, chats, new { prompt = "What is for dinner tonight?" })).GetProperty("chat_id")
            .GetString();

        await UntilFiredAsync(() => _node.CallAsync(HttpMethod.Get, $"{chats}/{chat}"), "SdkChatPipelineSilent");
    }

    [Test, Order(4)]
    public async Task Lag_WhenATransactionIsCommittedLate()
    {
        // An event has a lag only where somebody watches.
        using var stream = await StreamSocket.ReadyAsync(_node.Service.Address, _node.Tenant.AdminToken());
        await using var writer = await _node.OpenDatabaseAsync();
        await _node.Rows.EventAsync(_node.Tenant.Id, Guid.NewGuid(), Guid.NewGuid(), "chat_completed");
        await Polling.UntilAsync(
            "the first event is in Prometheus", async () => await _prometheus.QueryAsync("sdkchat_events_lag_seconds_count >= 1") > 0);

        await writer.ExecuteAsync(
            """
            begin;
            insert into chat_event (tenant_id, chat_id, profile_id, kind, created_at) values (@Id, @Id, @Id, 'chat_completed', now());
            select pg_sleep(2);
            commit;
            """,
            new { _node.Tenant.Id });

        await UntilFiredAsync(() => Task.CompletedTask, "SdkChatLag");
    }

    [Test, Order(5)]
    public async Task PoolFull_ThenSlowHistory_WhenAnOperatorLocksTheTable()
    {
        await using var operators = await _node.OpenDatabaseAsync();
        await using var transaction = await operators.BeginTransactionAsync();
        await operators.ExecuteAsync("lock table sdk_chat in access exclusive mode", transaction: transaction);
        // With a filter: first pages share a statement, and so a connection.
        var lists = Enumerable.Range(1, 15).Select(page => _node.ListAsync($"?status=completed&page={page}")).ToArray();

        await UntilFiredAsync(() => Task.CompletedTask, "SdkChatPoolFull");
        await transaction.RollbackAsync();
        await Task.WhenAll(lists);

        await UntilFiredAsync(() => Task.CompletedTask, "SdkChatSlowHistory");
    }

    /// <summary>The first that the node refuses since its start, all at once: the web server has no series before.</summary>
    [Test, Order(6)]
    public async Task ConnectionsRefused_WhenThereAreMoreThanTheLimit()
    {
        var crowd = Enumerable.Range(0, 80).Select(_ => new TcpClient("127.0.0.1", _node.Service.Port)).ToArray();
        try
        {
            await UntilFiredAsync(() => Task.CompletedTask, "SdkChatConnectionsRefused");
        }
        finally
        {
            Array.ForEach(crowd, connection => connection.Dispose());
            await _node.Service.UntilReadyAsync();
        }
    }

    [Test, Order(7)]
    public async Task StreamsUneven_ThenSlowReaders_WhenManyReadersOfOneNodeStopReading()
    {
        var readers = await Task.WhenAll(Enumerable.Range(0, StuckStreams).Select(_ =>
            StreamSocket.OpenAsync(_node.Service.Address, _node.Tenant.AdminToken(), receiveBuffer: 4096)));

        await Polling.UntilAsync(
            "the readers are in Prometheus",
            async () => await _prometheus.QueryAsync($"sdkchat_streams_open{{job=\"sdkchat\"}} >= {StuckStreams}") > 0);
        await UntilFiredAsync(() => Task.CompletedTask, "SdkChatStreamsUneven");
        await UntilFiredAsync(
            () => _node.Rows.EventAsync(_node.Tenant.Id, Guid.NewGuid(), Guid.NewGuid(), "backlist_triggered", LargeItems),
            "SdkChatSlowReaders");

        Array.ForEach(readers, reader => reader.Dispose());
    }

    [Test, Order(8)]
    public async Task NoMetrics_WhenTheNodeIsGone()
    {
        await _node.Service.KillAsync();

        await UntilFiredAsync(() => Task.CompletedTask, "SdkChatNoMetrics");
    }

    [Test, Order(9)]
    public void Alerts_All_HaveFiredForTheirFault() =>
        File.ReadLines(Repository.Path("deploy/prometheus/alerts.yaml")).Select(line => line.Trim())
            .Where(line => line.StartsWith("- alert: ", StringComparison.Ordinal))
            .Select(line => line["- alert: ".Length..]).Should().BeEquivalentTo(_proven);

    /// <summary>They do not fire before the fault, and then they do, in whichever order.</summary>
    /// <param name="insist">What keeps the fault going.</param>
    private async Task UntilFiredAsync(Func<Task> insist, params string[] alerts)
    {
        (await _prometheus.AlertsAsync()).Except(OfSlowMachines).Should().NotContain(alerts, "nothing has happened yet");
        var missing = alerts.ToHashSet();
        await Polling.UntilAsync($"{string.Join(", ", alerts)} fired", async () =>
        {
            await insist();
            missing.ExceptWith(await _prometheus.AlertsAsync());
            return missing.Count == 0;
        });
        _proven.UnionWith(alerts);
    }
}
