using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Development.Seeding;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Development.Tests.Seeding;

public sealed class SeederTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.Now();

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private Rows _rows = null!;
    private TenantId _tenant;

    [SetUp]
    public async Task SetUp()
    {
        _database = await TestDatabase.CreateAsync();
        // As the owner, who alone may vacuum: a role that only serves leaves statistics to the server.
        _source = DataSourceFactory.Create(_database.OwnerConnectionString, TestDatabase.Options);
        _rows = new Rows(_database.ConnectionString);
        _tenant = new TenantId(await _rows.TenantAsync("load"));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Seed_MoreThanABatch_StoresExactlyWhatWasAskedFor()
    {
        var progress = await SeedAsync(new SeedPlan(_tenant, 25_000, 300, 1, Now));

        (progress.Chats, progress.Profiles).Should().Be((25_000, 300));
        (await CountAsync("sdk_chat")).Should().Be(25_000);
        (await CountAsync("sdk_profile")).Should().Be(300);
        (await CountAsync("pipeline_run")).Should().Be(0, "the sweep must leave them alone");
        (await CountAsync("chat_event")).Should().Be(0, "nobody is told of made-up history");
        foreach (var (what, wrong) in Contradictions)
            (await _rows.ScalarAsync<long>(
                $"select count(*) from sdk_chat c join sdk_profile p using (profile_id) where {wrong}", new { Now }))
                .Should().Be(0, what);
        (await _rows.ScalarAsync<long>(
            "select count(*) from sdk_chat where (status = 'completed') <> (completed_at is not null and completed_at between created_at "
            + "and updated_at)"))
            .Should().Be(0, "statistics need the time of every answer");
        (await _rows.ScalarAsync<float>("select reltuples from pg_class where relname = 'sdk_chat'"))
            .Should().Be(25_000, "the planner must know");
    }

    [Test]
    public async Task Seed_Rows_AreListedAndReadLikeOthers()
    {
        await SeedAsync(new SeedPlan(_tenant, 2_000, 40, 1, Now));
        var history = new ChatHistory(new HistoryDatabase(new Database(_source)), TimeProvider.System);

        var page = await history.ListAsync(_tenant, ChatFilter.None, new PagePosition.Offset(0), 100, default);

        page.Total.Should().Be(2_000);
        page.Items.Should().BeInDescendingOrder(item => item.CreatedAt);
        page.Items.Select(item => item.ProfileSummary.Locale).Should().Contain(["ko", "ja", "en"]);
        var completed = page.Items.First(item => item.Status == ChatStatus.Completed);
        (await history.FindAsync(_tenant, completed.Chat, default))!.Chat.Result!.RecommendedItems.ToString()
            .Should().StartWith("[{\"id\":\"p-");
    }

    [TestCase(1, 1)]
    [TestCase(1, 9)]
    [TestCase(7, 1)]
    public async Task Seed_Few_Works(int chats, int profiles)
    {
        var progress = await SeedAsync(new SeedPlan(_tenant, chats, profiles, 1, Now));

        (progress.Chats, progress.Profiles).Should().Be((chats, profiles));
    }

    [Test]
    public async Task Seed_Twice_AddsToWhatIsThere()
    {
        await SeedAsync(new SeedPlan(_tenant, 100, 10, 1, Now));
        await SeedAsync(new SeedPlan(_tenant, 100, 10, 1, Now.AddMinutes(1)));

        (await CountAsync("sdk_chat")).Should().Be(200);
    }

    [Test]
    public async Task Seed_Interrupted_CountsWhatIsStored()
    {
        using var stop = new CancellationTokenSource();
        var progress = new SeedProgress();
        var seeding = NewSeeder().SeedAsync(new SeedPlan(_tenant, 2_000_000, 10, 1, Now), progress, stop.Token);

        await Eventually.TrueAsync(() => Task.FromResult(progress.Chats > 0));
        await stop.CancelAsync();

        await FluentActions.Awaiting(() => seeding).Should().ThrowAsync<OperationCanceledException>();
        progress.Chats.Should().BeLessThan(2_000_000);
        (await CountAsync("sdk_chat")).Should().Be(progress.Chats);
    }

    [Test]
    public async Task Seed_DatabaseAway_SaysSo()
    {
        await using var nowhere = DataSourceFactory.Create("Host=127.0.0.1;Port=1;Username=x;Database=x", new DatabaseOptions());

        await FluentActions.Awaiting(() => NewSeeder(nowhere).SeedAsync(new SeedPlan(_tenant, 1, 1, 1, Now), new SeedProgress(), default))
            .Should().ThrowAsync<UnavailableException>();
    }

    /// <summary>What no row may be, beyond what the table's own checks refuse.</summary>
    private static IEnumerable<(string What, string Wrong)> Contradictions =>
    [
        ("an instant is in the future", "greatest(c.created_at, c.updated_at, c.ended_at) > @Now"),
        ("a change came before the kickoff", "least(c.updated_at, c.ended_at) < c.created_at"),
        ("an end came before the answer", "c.ended_at < c.updated_at"),
        ("a chat came before its shopper", "c.created_at < p.created_at"),
        ("a chat still runs after minutes", "c.status = 'in_progress' and c.created_at < @Now - interval '2 minutes'"),
        ("a chat without an answer has a back list", "c.status <> 'completed' and c.back_list_status <> 'not_started'"),
        ("a finished chat counts no transition", "(c.revision = 0) <> (c.status = 'in_progress')"),
        (
            "an id is of another instant",
            "('x' || replace(left(c.chat_id::text, 13), '-', ''))::bit(48)::bigint <> round(extract(epoch from c.created_at) * 1000)"),
        ("a prompt is not one", "length(c.prompt) not between 1 and 4000 or c.prompt like '%{%'"),
    ];

    private Seeder NewSeeder() => NewSeeder(_source);

    private static Seeder NewSeeder(NpgsqlDataSource source) =>
        new(new Database(source), new HistoryCountMaintenance(new Database(source), CountShape.Default));

    private async Task<SeedProgress> SeedAsync(SeedPlan plan)
    {
        var progress = new SeedProgress();
        await NewSeeder().SeedAsync(plan, progress, default);
        return progress;
    }

    private Task<long> CountAsync(string table) => _rows.ScalarAsync<long>($"select count(*) from {table}");
}
