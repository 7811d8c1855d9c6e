using SdkChat.Bench.Fanout;
using SdkChat.Bench.History;
using SdkChat.Bench.Polls;
using SdkChat.Bench.Servers;
using SdkChat.TestSupport;

namespace SdkChat.Bench.Tests;

/// <summary>
/// What pgbench is given are the service's statements as they are today: a change of one is seen here, and not in the middle of a run.
/// </summary>
public sealed class ScriptTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private TestDatabase _database = null!;
    private Rows _rows = null!;
    private Guid _tenant;
    private Guid _profile;

    [SetUp]
    public async Task SetUp()
    {
        if (PgBench.Program is null)
            Assert.Ignore("pgbench comes with Debian's PostgreSQL.");

        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.OwnerConnectionString);
        _tenant = await _rows.TenantAsync("bench");
        _profile = await _rows.ProfileAsync(_tenant);
    }

    [TearDown]
    public async Task TearDown()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [Test]
    public async Task Transitions_Run_StartAndCompleteChats()
    {
        var rate = await RateAsync(TransitionScript.Create(_tenant, _profile));

        rate.Should().BePositive();
        (await _rows.ScalarAsync<long>("select count(*) from sdk_chat where status = 'completed'")).Should().BePositive();
        (await _rows.ScalarAsync<long>("select count(*) from chat_event where kind = 'chat_completed'")).Should().BePositive();
    }

    [Test]
    public async Task FirstPage_Runs()
    {
        await _rows.ChatAsync(_tenant, _profile);

        (await RateAsync(FirstPageScript.Create(_tenant))).Should().BePositive();
    }

    [Test]
    public async Task SamePages_Run()
    {
        await _rows.ChatAsync(_tenant, _profile);

        (await RateAsync(SamePagesScript.Create(_tenant, pages: 3))).Should().BePositive();
    }

    [Test]
    public async Task Poll_Runs() => (await RateAsync(PollScript.Create(_tenant, _profile, chats: 10))).Should().BePositive();

    [Test]
    public async Task Rate_StatementThatFails_SaysWhy() =>
        await FluentActions.Awaiting(() => RateAsync("select no_such_column from sdk_chat;"))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*no_such_column*");

    /// <summary>Of longer and longer runs until one has a transaction: a busy machine may have none in a second.</summary>
    private async Task<double> RateAsync(string script)
    {
        var rate = 0.0;
        for (var duration = Moment; rate == 0 && duration < Deadlines.Soon; duration *= 4)
            rate = await PgBench.RateAsync(_database.OwnerConnectionString, script, clients: 2, duration, default);
        return rate;
    }
}
