using System.Data;
using Dapper;
using Npgsql;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Search;

/// <summary>Random searches, each compared with every row of the same snapshot, while others write and the index is kept.</summary>
public sealed class SearchModelTests
{
    private const string Truth =
        """
        select c.chat_id
        from sdk_chat c join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        where (@Tenant::uuid is null or c.tenant_id = @Tenant) and (@Profile::uuid is null or c.profile_id = @Profile)
          and chat_class(c.status, c.triggered_xid) & @Classes <> 0
          and (c.created_at, c.chat_id) >= (@AboveAt::timestamptz, @AboveId) and (c.created_at, c.chat_id) < (@BelowAt::timestamptz, @BelowId)
          and not exists (
            select from unnest(string_to_array(@Query, ' ')) word
            where position(word in c.prompt) = 0 and position(word in coalesce(c.last_error, '')) = 0 and position(word in coalesce(p.summary_name, '')) = 0)
        order by c.created_at desc, c.chat_id desc
        """;

    private static readonly string[] Words = ["라면", "김치", "ramen", "soup", "味噌", "豆腐", "찌개", "x", "a", "zz"];

    private SearchFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await SearchFixture.CreateAsync();

    [TearDown]
    public async Task TearDown() => await _fixture.DisposeAsync();

    [Test]
    [CancelAfter(Deadlines.ProgramMilliseconds)]
    public async Task Search_WhileManyWrite_IsExactInItsOwnSnapshot(CancellationToken cancellationToken)
    {
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteAsync(writer), cancellationToken)));
        var indexing = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => IndexUntilAsync(writing), cancellationToken)));
        var reads = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(reader => Task.Run(() => ReadUntilAsync(writing, reader), cancellationToken)));

        await writing;
        (await indexing).Sum().Should().BePositive();
        reads.Sum().Should().BeGreaterThan(20);
        await _fixture.Index.CompleteAsync(cancellationToken);
        (await _fixture.Rows.ScalarAsync<long>(
            """
            select count(*)
            from sdk_chat c
            join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
            full join chat_search_entry e on e.chat_id = c.chat_id
            where e.content is distinct from chat_search_content(c.prompt, c.last_error, p.summary_name)
            """)).Should().Be(0, "every chat has its entry, and no entry is without its chat");
        (await _fixture.Rows.ScalarAsync<long>("select count(*) from chat_search_segment"))
            .Should().BeGreaterThan(4, "full segments were cut");
        (await _fixture.Rows.ScalarAsync<long>(
            """
            select count(*) from chat_search_entry e join chat_search_segment s on s.segment_id = e.segment_id
            where s.tenant_id <> e.tenant_id or e.created_at < s.lower_at
              or e.created_at >= (select min(n.lower_at) from chat_search_segment n where n.tenant_id = s.tenant_id and n.lower_at > s.lower_at)
            """)).Should().Be(0, "every entry lies between the bounds of its segment");
    }

    private async Task WriteAsync(int writer)
    {
        var random = new Random(writer);
        await using var connection = await _fixture.OpenAsync();
        for (var n = 0; n < 60; n++)
        {
            var profile = _fixture.Profiles[random.Next(_fixture.Profiles.Count)];
            await using (var transaction = await connection.BeginTransactionAsync())
            {
                var at = SearchFixture.Noon.AddSeconds((writer + n * 8) - (random.Next(10) == 0 ? random.Next(300) : 0));
                await SearchFixture.AddAsync(connection, profile, Text(random, 4), at, random.Next(10) == 0 ? Text(random, 2) : null);
                if (random.Next(4) == 0)
                    await connection.ExecuteAsync("select pg_sleep(0.02)");
                if (random.Next(10) == 0)
                    await transaction.RollbackAsync();
                else
                    await transaction.CommitAsync();
            }

            var change = random.Next(8) switch
            {
                0 =>
                    "update sdk_chat set status = 'error', last_error = @text, revision = revision + 1 where chat_id = (select chat_id "
                    + "from sdk_chat where profile_id = @Profile and status = 'in_progress' order by chat_id desc "
                    + "limit 1 for update skip locked)",
                1 =>
                    "delete from sdk_chat where chat_id = (select chat_id from sdk_chat where profile_id = @Profile order by chat_id desc "
                    + "limit 1 for update skip locked)",
                2 => "update sdk_profile set data = jsonb_build_object('name', @text) where profile_id = @Profile",
                _ => null,
            };
            if (change is not null)
                await connection.ExecuteAsync(change, new { profile.Profile, text = Text(random, 2) });
        }
    }

    private async Task<int> IndexUntilAsync(Task done)
    {
        var added = 0;
        while (!done.IsCompleted)
            added += await _fixture.Index.AddBatchAsync(default);
        return added;
    }

    private async Task<int> ReadUntilAsync(Task done, int reader)
    {
        var random = new Random(1000 + reader);
        await using var connection = await _fixture.OpenAsync();
        var reads = 0;
        for (; !done.IsCompleted || reads < 20; reads++)
        {
            await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            await IsExactAsync(connection, random);
        }

        return reads;
    }

    private async Task IsExactAsync(NpgsqlConnection connection, Random random)
    {
        var (tenant, profile) = _fixture.Profiles[random.Next(_fixture.Profiles.Count)];
        var call = new SearchCall(
            random.Next(3) == 0 ? null : tenant, random.Next(4) == 0 ? profile : null, Text(random, random.Next(3) == 0 ? 2 : 1))
        {
            Classes = random.Next(3) == 0 ? 8 : SearchFixture.AllClasses,
            AboveAt = random.Next(3) == 0 ? Instant(random) : "-infinity",
            AboveId = random.Next(2) == 0 ? Guid.NewGuid() : Guid.Empty,
            BelowAt = random.Next(3) == 0 ? Instant(random) : "infinity",
            OldestFirst = random.Next(3) == 0,
            Wanted = random.Next(1, 60),
        };
        var truth = (await connection.QueryAsync<Guid>(Truth, call)).AsList();

        var found = await SearchFixture.FindAsync(connection, call);

        found.Should().Equal((call.OldestFirst ? truth.AsEnumerable().Reverse() : truth).Take(call.Wanted), "of {0}", call);
    }

    private static string Instant(Random random) => SearchFixture.Noon.AddSeconds(random.Next(500)).ToString("O");

    private static string Text(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(random.Next(Words.Length) + 1)]));
}
