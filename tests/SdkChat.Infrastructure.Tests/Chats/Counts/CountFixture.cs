using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Counts;

/// <summary>A database with two tenants of three profiles each, and blocks so small that some dozens of chats fill all levels.</summary>
internal sealed class CountFixture : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 4, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly CountShape Small = new([4, 16, 64], [6, 24, 96], LargeProfile: 12);

    private readonly TestDatabase _database;
    private readonly NpgsqlDataSource _source;

    private CountFixture(TestDatabase database)
    {
        _database = database;
        _source = DataSourceFactory.Create(
            database.ConnectionString, new DatabaseOptions { MaxPoolSize = 60, ConnectTimeoutSeconds = 300, CommandTimeoutSeconds = 300 });
        Rows = new Rows(database.ConnectionString);
        Storage = new Database(_source);
        History = new ChatHistory(new HistoryDatabase(Storage), TimeProvider.System);
        Updater = new CountUpdater(Storage, Small);
        Texts = new TextUpdater(Storage);
        Counts = new HistoryCountMaintenance(Storage, Small);
    }

    public Rows Rows { get; }

    public Database Storage { get; }

    public ChatHistory History { get; }

    public CountUpdater Updater { get; }

    public TextUpdater Texts { get; }

    public HistoryCountMaintenance Counts { get; }

    public List<(Guid Tenant, Guid Profile)> Profiles { get; } = [];

    public static async Task<CountFixture> CreateAsync()
    {
        var fixture = new CountFixture(await TestDatabase.CreateAsync());
        foreach (var code in new[] { "demo", "acme" })
        {
            var tenant = await fixture.Rows.TenantAsync(code);
            for (var n = 0; n < 3; n++)
                fixture.Profiles.Add((tenant, await fixture.Rows.ProfileAsync(tenant)));
        }

        return fixture;
    }

    public ValueTask<NpgsqlConnection> OpenAsync() => _source.OpenConnectionAsync();

    /// <summary>So many chats of one profile, a second apart.</summary>
    public Task AddAsync(int chats, int profile = 0, DateTimeOffset? from = null) => Rows.ExecuteAsync(
        """
        insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
        select gen_random_uuid(), @Tenant, @Profile, 'Dinner ideas?', 'in_progress', 'not_started', @from + n * interval '1 second', now()
        from generate_series(1, @chats) n
        """,
        new { Profiles[profile].Tenant, Profiles[profile].Profile, chats, from = from ?? Noon });

    public static Task AddAsync(NpgsqlConnection connection, (Guid Tenant, Guid Profile) profile, DateTimeOffset at) =>
        connection.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
            values (gen_random_uuid(), @Tenant, @Profile, 'Dinner ideas?', 'in_progress', 'not_started', @at, @at)
            """,
            new { profile.Tenant, profile.Profile, at });

    /// <summary>One chat that may change, as the service's own statements change it, chosen by whatever comes first.</summary>
    public static Task ChangeAsync(NpgsqlConnection connection, Guid profile, string change) => connection.ExecuteAsync(
        Changes[change], new { profile });

    /// <summary>The transitions of a chat, and the deletion of one.</summary>
    public static IReadOnlyDictionary<string, string> Changes { get; } = new Dictionary<string, string>
    {
        ["complete"] = Update(
            "status = 'completed', pipeline_todos = '[]', pipeline_recommended_items = '[]', pipeline_notification_items = '[]', final_xid "
            + "= pg_current_xact_id(), completed_at = created_at + random() * interval '90 s'", "status = 'in_progress'"),
        ["complete, old version"] = Update(
            "status = 'completed', pipeline_todos = '[]', pipeline_recommended_items = '[]', pipeline_notification_items = '[]'",
            "status = 'in_progress'"),
        ["fail"] = Update("status = 'error', last_error = 'failed', final_xid = pg_current_xact_id()", "status = 'in_progress'"),
        ["end"] = Update("status = 'ended', ended_at = now(), final_xid = pg_current_xact_id()", "status = 'in_progress'"),
        ["end completed"] = Update("ended_at = now()", "status = 'completed' and ended_at is null"),
        ["trigger"] = Update(
            "pipeline_notification_items = '[1]', triggered_xid = coalesce(triggered_xid, pg_current_xact_id())",
            "status = 'completed' and ended_at is null"),
        ["trigger, old version"] = Update("pipeline_notification_items = '[1]'", "status = 'completed' and ended_at is null"),
        ["delete"] =
            "delete from sdk_chat where chat_id = (select chat_id from sdk_chat where profile_id = @profile order by md5(chat_id::text) "
            + "limit 1 for update skip locked)",
    };

    private static string Update(string change, string which) =>
        $"""
        update sdk_chat set {change}, revision = revision + 1
        where chat_id = (select chat_id from sdk_chat where profile_id = @profile and {which} order by random() limit 1 for update skip locked)
        """;

    /// <summary>How many rows a reader has to look at because they are not counted yet.</summary>
    public Task<long> TailAsync() => Rows.ScalarAsync<long>(
        "select count(*) from chat_count_watermark w cross join lateral chat_pending(w.last_xid, w.open_xids)");

    /// <summary>Updates the counts again and again until a task has ended.</summary>
    /// <returns>How many updates counted something.</returns>
    public async Task<int> UpdateUntilAsync(Task done)
    {
        var updates = 0;
        while (!done.IsCompleted)
        {
            if (await Updater.RunAsync(default) == CountUpdateResult.Updated)
                updates++;
        }

        return updates;
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }
}
