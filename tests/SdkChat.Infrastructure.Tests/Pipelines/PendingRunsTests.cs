using Npgsql;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Pipelines;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Pipelines;

public sealed class PendingRunsTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 23, 5, 28, 8, TimeSpan.Zero);
    private static readonly DateTimeOffset Lease = Now.AddSeconds(20);

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private PendingRuns _runs = null!;
    private Rows _rows = null!;
    private Guid _tenant;
    private Guid _profile;

    [SetUp]
    public async Task SetUp()
    {
        _database = await TestDatabase.CreateAsync();
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
        _runs = new PendingRuns(new Database(_source));
        _rows = new Rows(_database.ConnectionString);
        _tenant = await _rows.TenantAsync("demo");
        _profile = await _rows.ProfileAsync(_tenant, """{"locale":"ja"}""");
    }

    [TearDown]
    public async Task TearDown()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Claim_DueRuns_AreTakenLongestWaitingFirstAndOnce()
    {
        var late = await RunAsync(Now.AddSeconds(-1));
        var later = await RunAsync(Now.AddSeconds(-9));
        await RunAsync(Now.AddSeconds(1));

        (await ClaimAsync(1, Now)).Should().Equal(later);
        (await ClaimAsync(9, Now)).Should().Equal(late);
        (await ClaimAsync(9, Now)).Should().BeEmpty();
    }

    [Test]
    public async Task Claim_RunsOfANodeThatDied_AreFreeOnceTheirLeaseHasPassed()
    {
        var run = await RunAsync(Now);
        await ClaimAsync(9, Now);

        (await ClaimAsync(9, Lease.AddMilliseconds(-1))).Should().BeEmpty();
        (await ClaimAsync(9, Lease)).Should().Equal(run);
        (await _runs.FindAsync(new TenantId(_tenant), new ChatId(run), default))!.Attempts.Should().Be(2);
    }

    [Test]
    public async Task Claim_ManyNodesAtOnce_ShareTheRunsWithoutOverlap()
    {
        var runs = new List<Guid>();
        for (var n = 0; n < 60; n++)
            runs.Add(await RunAsync(Now));

        var claimed = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => ClaimAsync(5, Now)));
        var rest = await ClaimAsync(60, Now);

        claimed.SelectMany(share => share).Concat(rest).Should().BeEquivalentTo(runs).And.OnlyHaveUniqueItems();
    }

    [Test]
    public async Task Claim_ChatsWithoutARun_AreLeftAlone()
    {
        await _rows.ChatAsync(_tenant, _profile);

        (await ClaimAsync(9, Now.AddYears(1))).Should().BeEmpty();
    }

    [Test]
    public async Task Find_Run_HasAllThatStartsIt()
    {
        var run = await RunAsync(Now);

        var found = (await _runs.FindAsync(new TenantId(_tenant), new ChatId(run), default))!;

        found.StartedAt.Should().BeNull();
        found.Chat.State.Id.Value.Should().Be(run);
        found.Request!.Tenant.Value.Should().Be("demo");
        found.Request.ProfileData.ToString().Should().Be("""{"locale": "ja"}""");
        found.Request.Ticket.Should().Be(found.Ticket);
        found.Ticket.Locale.Should().Be("ja");
        found.Ticket.KickedOffAt.Should().Be(found.Chat.State.CreatedAt);
        (await _runs.FindAsync(new TenantId(Guid.NewGuid()), new ChatId(run), default)).Should().BeNull();
    }

    [Test]
    public async Task Find_Run_ReadsTheDocumentOnlyToStartIt()
    {
        var run = await RunAsync(Now);
        await using var source = await UnreadableDocumentsAsync();
        var runs = new PendingRuns(new Database(source));
        var find = () => runs.FindAsync(new TenantId(_tenant), new ChatId(run), default);

        (await find.Should().ThrowAsync<UnavailableException>()).WithInnerException<PostgresException>().WithMessage("*damaged page*");
        var chat = (await runs.FindChatAsync(new TenantId(_tenant), new ChatId(run), default))!.Chat;
        await runs.NoteAsync(new TenantId(_tenant), new ChatId(run), startedAt: Now, dueAt: Now, progressed: true, default);
        var started = (await find())!;

        chat.State.Id.Value.Should().Be(run);
        chat.State.Prompt.Should().Be("Dinner ideas?");
        started.Request.Should().BeNull();
        started.Ticket.Locale.Should().Be("ja");
        (await _runs.FindChatAsync(new TenantId(Guid.NewGuid()), new ChatId(run), default)).Should().BeNull();
    }

    [TestCase("1e131071", 3)]
    [TestCase("1e131071", 7000)]
    [TestCase("1e-16383", 17)]
    [TestCase("0e-16383", 4000)]
    [TestCase("1e999", 270)]
    [TestCase("1e99", 3000)]
    public async Task Find_RunOfATooLargeDocument_HasNothingToStartItWith(string number, int times)
    {
        _profile = await _rows.ProfileAsync(_tenant, $$"""{"a":[{{string.Join(',', Enumerable.Repeat(number, times))}}]}""");
        var run = await RunAsync(Now);

        var found = (await _runs.FindAsync(new TenantId(_tenant), new ChatId(run), default))!;

        (found.StartedAt, found.Request).Should().Be(((DateTimeOffset?)null, null));
    }

    [Test]
    public async Task Note_Progress_CountsAttemptsAnew()
    {
        var run = await RunAsync(Now);
        await ClaimAsync(9, Now);

        await _runs.NoteAsync(new TenantId(_tenant), new ChatId(run), startedAt: Now, dueAt: Now.AddSeconds(5), progressed: true, default);

        var found = (await _runs.FindAsync(new TenantId(_tenant), new ChatId(run), default))!;
        (found.StartedAt, found.Attempts).Should().Be(((DateTimeOffset?)Now, 0));
        (await ClaimAsync(9, Now.AddSeconds(5))).Should().Equal(run);
    }

    /// <summary>Connections on which every look into a document fails, as on a damaged page.</summary>
    private async Task<NpgsqlDataSource> UnreadableDocumentsAsync()
    {
        await _rows.ExecuteAsync(
            """
            create schema damaged;
            grant usage on schema damaged to public;
            create function damaged.jsonb_path_query(jsonb, jsonpath) returns setof jsonb language plpgsql as
              $$ begin raise data_corrupted using message = 'damaged page'; end $$;
            """);
        return NpgsqlDataSource.Create(_database.ConnectionString + ";Search Path=damaged,pg_catalog,public");
    }

    private async Task<IEnumerable<Guid>> ClaimAsync(int max, DateTimeOffset now) =>
        (await _runs.ClaimAsync(max, now, Lease, default)).Select(run => run.Chat.Value);

    private async Task<Guid> RunAsync(DateTimeOffset dueAt)
    {
        var chat = await _rows.ChatAsync(_tenant, _profile);
        await _rows.ExecuteAsync(
            "insert into pipeline_run (chat_id, tenant_id, due_at) values (@chat, @_tenant, @dueAt)", new { chat, _tenant, dueAt });
        return chat;
    }
}
