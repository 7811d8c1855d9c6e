using System.Globalization;
using Dapper;
using Npgsql;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Servers;

/// <summary>
/// The service, as it runs in Production: its own process, authenticated streams, events that another process commits to the
/// database and of which it is notified as by another node.
/// </summary>
internal sealed class SdkChatServer : IServer
{
    private const string Path = "/api/v1/sdk-chat/events/stream";

    private const string Insert =
        """
        insert into chat_event (tenant_id, chat_id, profile_id, kind, created_at)
        select tenant, chat, @profile, 'chat_completed', now()
        from unnest(@tenants, @chats) with ordinality as happened (tenant, chat, place)
        order by place
        """;

    private readonly ChildProcess _process;
    private readonly BenchDatabase _database;
    private readonly bool _isOwnDatabase;
    private readonly Guid[] _tenants;
    private readonly NpgsqlConnection _publisher;
    private readonly RuntimeProbe? _probe;

    private SdkChatServer(ChildProcess process, RuntimeProbe? probe, BenchDatabase database, bool isOwnDatabase, int port, Guid[] tenants)
    {
        (_process, _probe, _database, _isOwnDatabase, Port, _tenants) = (process, probe, database, isOwnDatabase, port, tenants);
        _publisher = new NpgsqlConnection(database.ConnectionString + ";Max Auto Prepare=10;Auto Prepare Min Usages=1");
    }

    public string Name => "SdkChat";

    public int Port { get; }

    public IReadOnlyList<int> Processes => [_process.Id];

    /// <exception cref="InvalidOperationException">Nobody wanted one when it was started.</exception>
    public RuntimeProbe Probe => _probe ?? throw new InvalidOperationException("Started without a probe.");

    public BenchDatabase Database => _database;

    public IReadOnlyList<Guid> Tenants => _tenants;

    /// <summary>From the start of the process to the first response that says that it is ready.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>
    /// Where <c>./sdkchat bench</c> has published the service as an image has it; otherwise the build beside this program.
    /// </summary>
    private static string Folder => Environment.GetEnvironmentVariable("SDKCHAT_BENCH_SERVICE") ?? AppContext.BaseDirectory;

    /// <param name="tenants">How many there are; events and subscribers go to each in turn.</param>
    /// <param name="prepare">Fills the database before the process starts.</param>
    /// <param name="folder">Where the database stays; null for one that is deleted.</param>
    public static async Task<SdkChatServer> StartAsync(
        int tenants, CancellationToken cancellationToken, int pingSeconds = 25, RuntimeProbe? probe = null,
        string pipeline = NodeHost.NoPipeline, Func<BenchDatabase, Guid[], Task>? prepare = null, string? folder = null)
    {
        var database = await BenchDatabase.StartAsync(cancellationToken, folder);
        var ids = await TenantsAsync(database, tenants);
        if (prepare is not null)
            await prepare(database, ids);
        return await StartAsync(database, isOwnDatabase: true, ids, Settings(database, pingSeconds, pipeline), probe, cancellationToken);
    }

    /// <summary>Another node over the same database, which this server goes on owning.</summary>
    /// <param name="settings">What it has besides, or instead.</param>
    public Task<SdkChatServer> StartBesideAsync(
        IEnumerable<KeyValuePair<string, string>> settings, CancellationToken cancellationToken, RuntimeProbe? probe = null) =>
        StartAsync(
            _database, isOwnDatabase: false, _tenants, Settings(_database, pingSeconds: 25, NodeHost.NoPipeline).Concat(settings), probe,
            cancellationToken);

    private static async Task<SdkChatServer> StartAsync(
        BenchDatabase database, bool isOwnDatabase, Guid[] tenants, IEnumerable<KeyValuePair<string, string>> settings, RuntimeProbe? probe,
        CancellationToken cancellationToken)
    {
        var (port, started) = (FreePort.Find(), TimeProvider.System.GetTimestamp());
        var process = ChildProcess.Start(
            "dotnet", [System.IO.Path.Combine(Folder, "SdkChat.Api.dll"), "up", "--urls", $"http://127.0.0.1:{port}"],
            settings.Concat(probe?.Environment ?? []));
        process.Ignore();
        var server = new SdkChatServer(process, probe, database, isOwnDatabase, port, tenants);
        await ReadyProbe.UntilReadyAsync(port, cancellationToken);
        server.StartTime = TimeProvider.System.GetElapsedTime(started);
        await server._publisher.OpenAsync(cancellationToken);
        return server;
    }

    public IReadOnlyCollection<string> Requests(int count) =>
        [.. Enumerable.Range(0, count).Select(i => $"{Path}\t{Tokens.ForAdmin(_tenants[i % _tenants.Length], i)}")];

    public async Task PublishAsync(int first, int count, CancellationToken cancellationToken)
    {
        var tenants = Enumerable.Range(first, count).Select(number => _tenants[number % _tenants.Length]).ToArray();
        var chats = Enumerable.Range(first, count).Select(Payload.NewId).ToArray();
        var profile = new Guid(Enumerable.Repeat((byte)1, 16).ToArray());
        await _publisher.ExecuteAsync(new CommandDefinition(Insert, new { profile, tenants, chats }, cancellationToken: cancellationToken));
        await _publisher.ExecuteAsync(new CommandDefinition(
            "select pg_notify('sdkchat_events', 'bench')", cancellationToken: cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        await _process.DisposeAsync();
        _probe?.Dispose();
        if (_isOwnDatabase)
            await _database.DisposeAsync();
    }

    /// <summary>Those that an earlier run has added to the database, or new ones.</summary>
    private static async Task<Guid[]> TenantsAsync(BenchDatabase database, int count)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.ExecuteAsync(
            "insert into tenant (tenant_id, code, name) select id, 't-' || place, 'Bench' from unnest(@ids) with ordinality as new (id, "
                + "place) on conflict (code) do nothing",
            new { ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToArray() });
        return [.. await connection.QueryAsync<Guid>(
            "select tenant_id from tenant where code like 't-%' order by substr(code, 3)::integer limit @count", new { count })];
    }

    private static Dictionary<string, string> Settings(BenchDatabase database, int pingSeconds, string pipeline) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["RateLimits__Enabled"] = "false",
        ["ConnectionStrings__SdkChat"] = database.ConnectionString,
        ["Authentication__Tenant__Secrets__0"] = Tokens.Secret,
        ["Authentication__Backoffice__Secrets__0"] = Tokens.Secret + "-backoffice",
        ["Pipeline__BaseUrl"] = pipeline,
        ["Live__MaxStreamsPerTenant"] = "100000",
        ["Live__PingSeconds"] = pingSeconds.ToString(CultureInfo.InvariantCulture),
        ["Live__MaxStreams"] = "100000",
    };
}
