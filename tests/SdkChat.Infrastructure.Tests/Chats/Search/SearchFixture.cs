using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats.Indexing;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Search;

/// <summary>
/// A database with two tenants of three profiles each, and an index whose segments are so small that some dozens of chats fill several.
/// </summary>
internal sealed class SearchFixture : IAsyncDisposable
{
    public const int AllClasses = 31;

    public static readonly DateTimeOffset Noon = new(2026, 4, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _database;
    private readonly NpgsqlDataSource _source;

    private SearchFixture(TestDatabase database)
    {
        _database = database;
        _source = DataSourceFactory.Create(database.ConnectionString, new DatabaseOptions { MaxPoolSize = 60, ConnectTimeoutSeconds = 30 });
        Rows = new Rows(database.ConnectionString);
        Index = new SearchIndex(new Database(_source), new SearchIndexShape(BatchSize: 7, SegmentCapacity: 20));
    }

    public Rows Rows { get; }

    public SearchIndex Index { get; }

    public List<(Guid Tenant, Guid Profile)> Profiles { get; } = [];

    public static async Task<SearchFixture> CreateAsync()
    {
        var fixture = new SearchFixture(await TestDatabase.CreateAsync());
        foreach (var (code, names) in new[] { ("demo", new[] { "김민수", "Sato Hanako", "" }), ("acme", ["김민수", "O'Brien", "100%_\\"]) })
        {
            var tenant = await fixture.Rows.TenantAsync(code);
            foreach (var name in names)
                fixture.Profiles.Add(
                    (tenant, await fixture.Rows.ProfileAsync(tenant, System.Text.Json.JsonSerializer.Serialize(new { name }))));
        }

        return fixture;
    }

    public ValueTask<NpgsqlConnection> OpenAsync() => _source.OpenConnectionAsync();

    public async Task<Guid> AddAsync(string prompt, int profile = 0, DateTimeOffset? at = null, string? error = null)
    {
        await using var connection = await OpenAsync();
        return await AddAsync(connection, Profiles[profile], prompt, at ?? Noon, error);
    }

    public static async Task<Guid> AddAsync(
        NpgsqlConnection connection, (Guid Tenant, Guid Profile) profile, string prompt, DateTimeOffset at, string? error = null)
    {
        var chat = Guid.CreateVersion7(at);
        await connection.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, last_error, created_at, updated_at)
            values (@chat, @Tenant, @Profile, @prompt, case when @error is null then 'in_progress' else 'error' end, 'not_started', @error, @at, @at)
            """,
            new { chat, profile.Tenant, profile.Profile, prompt, error, at });
        return chat;
    }

    /// <summary>What a search of the first tenant finds, newest first.</summary>
    public async Task<IReadOnlyList<Guid>> FindAsync(string query, Guid? profile = null, int classes = AllClasses, int wanted = 1000)
    {
        await using var connection = await OpenAsync();
        return await FindAsync(connection, new SearchCall(Profiles[0].Tenant, profile, query) { Classes = classes, Wanted = wanted });
    }

    public static async Task<IReadOnlyList<Guid>> FindAsync(NpgsqlConnection connection, SearchCall call) =>
        (await connection.QueryAsync<Guid>(
            """
            select chat_id from chat_search(@Tenant, @Profile, @Id, @Query, @Classes, @AboveAt::timestamptz, @AboveId, @BelowAt::timestamptz, @BelowId, @OldestFirst, @Wanted)
            """,
            call)).AsList();

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }
}
