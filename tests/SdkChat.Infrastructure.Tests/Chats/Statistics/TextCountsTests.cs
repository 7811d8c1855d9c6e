using Dapper;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Chats.Statistics;
using SdkChat.Infrastructure.Profiles;
using SdkChat.Infrastructure.Tests.Chats.Counts;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

/// <summary>The most frequent errors and items are those of the chats, in every snapshot (migration 0035).</summary>
public sealed class TextCountsTests
{
    private CountFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await CountFixture.CreateAsync();

    [TearDown]
    public async Task TearDown() => await _fixture.DisposeAsync();

    [Test]
    [CancelAfter(Deadlines.ProgramMilliseconds)]
    public async Task Texts_WhileManyWriteChangeAndDelete_AreExactInTheirSnapshot(CancellationToken cancellationToken)
    {
        (await _fixture.Texts.RunAsync(cancellationToken)).Should().Be(CountUpdateResult.Updated);
        var writing = Task.WhenAll(
            Enumerable.Range(0, 6).Select(writer => Task.Run(() => TextFixture.WriteAsync(_fixture, writer, 100), cancellationToken)));
        var counting = Task.Run(() => CountUntilAsync(writing), cancellationToken);
        var reads = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(reader => Task.Run(() => ReadUntilAsync(writing, 1000 + reader), cancellationToken)));

        await writing;
        (await counting).Should().BeGreaterThan(2);
        reads.Sum().Should().BeGreaterThan(5);
        await ShouldBeCountedAsync();
    }

    /// <summary>Old chats are counted backwards, while others come and go. A node of the version before counts without texts.</summary>
    [Test]
    public async Task Texts_OfOldChats_AreCountedBackwardsInBatches()
    {
        await TextFixture.WriteAsync(_fixture, 1, 150);
        await _fixture.Updater.RunAsync(default);
        var random = new Random(3);
        await using var connection = await _fixture.OpenAsync();
        var (steps, reads) = (0, 0);

        for (var result = CountUpdateResult.Unfinished; result == CountUpdateResult.Unfinished; steps++)
        {
            result = await _fixture.Texts.RunAsync(20, default);
            for (var n = 0; n < 6; n++)
                reads += await TextFixture.ReadAsync(_fixture, connection, random) ? 1 : 0;
            await TextFixture.WriteAsync(_fixture, 100 + steps, 4);
            await _fixture.Updater.RunAsync(default);
        }

        steps.Should().BeGreaterThan(5);
        reads.Should().BeGreaterThan(5);
        await ShouldBeCountedAsync();
    }

    [Test]
    public async Task Texts_OfAnErasedPerson_LeaveWithTheChats()
    {
        var (person, other) = (_fixture.Profiles[0], _fixture.Profiles[1]);
        await FailAsync(person, "no answer for Anna", "timeout");
        await FailAsync(other, "timeout");
        await CountAsync();
        await FailAsync(person, "Anna again");
        (await TextsAsync()).Should().Equal("no answer for Anna", "timeout");
        (await PacksWithNameAsync()).Should().Be(3, "an hour, a day and 32 days have it");

        await _fixture.Rows.ExecuteAsync(ErasureSql.Chats, new { tenant = person.Tenant, profile = person.Profile });

        (await TextsAsync()).Should().Equal("timeout");
        (await PacksWithNameAsync()).Should().Be(0);
        await CountAsync();
        (await TextsAsync()).Should().Equal("timeout");
        (await PacksWithNameAsync()).Should().Be(0);
        await ShouldBeCountedAsync();

        Task<long> PacksWithNameAsync() =>
            _fixture.Rows.ScalarAsync<long>("select count(*) from chat_text_pack where position('Anna' in encode(packed, 'escape')) > 0");

        Task<string[]> TextsAsync() =>
            _fixture.Rows.ScalarAsync<string[]>("select array_agg(distinct text order by text) from chat_slot_text");
    }

    [TestCase("update chat_slot_text set chats = chats + 1 where level = 2")]
    [TestCase("delete from chat_slot_text where kind = 'e'")]
    [TestCase("update chat_slot_text set slot_at = slot_at - interval '320 days' where level = 3")]
    [TestCase("update chat_text_pack set packed = packed || packed where level = 1")]
    [TestCase("delete from chat_text_pack where level = 3")]
    public async Task Repair_BrokenTexts_CountsThemAgain(string harm)
    {
        await TextFixture.WriteAsync(_fixture, 2, 60);
        await CountAsync();
        await _fixture.Rows.ExecuteAsync(harm);

        var check = await _fixture.Counts.RepairAsync(checkOnly: true, default);
        var repair = await _fixture.Counts.RepairAsync(checkOnly: false, default);

        check.Differences.Should().NotBeEmpty();
        repair.Differences.Should().Equal(check.Differences);
        (repair.TextDifferences, check.TextDifferences).Should().Be((check.Differences.Count, check.Differences.Count));
        await CountAsync();
        await ShouldBeCountedAsync();
    }

    [Test]
    public async Task Restore_OnAnotherServer_CountsTheTextsAgain()
    {
        await TextFixture.WriteAsync(_fixture, 4, 40);
        await CountAsync();
        await _fixture.Rows.ExecuteAsync("update chat_count_watermark set written_by = '5'");
        await TextFixture.WriteAsync(_fixture, 5, 10);

        (await _fixture.Texts.RunAsync(default)).Should().Be(CountUpdateResult.Busy, "the history counts are counted first");
        await CountAsync();

        await ShouldBeCountedAsync();
    }

    /// <summary>A few packs, and the chats of two hours.</summary>
    [Test]
    public async Task Texts_OfMonths_ReadFewChatsAndPacks()
    {
        var (tenant, profile) = _fixture.Profiles[0];
        await _fixture.Rows.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, pipeline_todos, pipeline_recommended_items, pipeline_notification_items,
              created_at, updated_at)
            select gen_random_uuid(), @tenant, @profile, 'Dinner ideas?', 'completed', 'completed', '[]',
              convert_to(format('[{"name":"item %s"},{"name":"item %s"}]', n % 7, n % 3), 'UTF8'), '[]', @start + n * interval '24 minutes', now()
            from generate_series(0, 5999) n
            """,
            new { tenant, profile, start = TextFixture.Start });
        await CountAsync();
        await _fixture.Rows.ExecuteAsync("analyze sdk_chat, chat_slot_text");
        var (from, to) = (TextFixture.Start.AddDays(5).AddMinutes(137), TextFixture.Start.AddDays(95).AddMinutes(441));
        var list = new ChatListPage(new TenantId(tenant), new ChatFilter { From = from, To = to }, new PagePosition.Last(), 1);
        await using var connection = await _fixture.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var before = await ReadRowsAsync();

        var items = await TextFixture.ReadAsync(connection, list, new StatsParameters(list, [from, to]));

        items.Should().HaveCount(7);
        var after = await ReadRowsAsync();
        (after.Chats - before.Chats).Should().BeLessThan(20);
        after.Slots.Should().Be(before.Slots, "all slots are packed");
        (after.Packs - before.Packs).Should().BeInRange(3, 12 + 12 + 16 + 16 + 3);

        Task<(long Chats, long Slots, long Packs)> ReadRowsAsync() => connection.QuerySingleAsync<(long, long, long)>(
            """
            select sum(idx_tup_fetch + seq_tup_read) filter (where relname = 'sdk_chat')::bigint,
              sum(idx_tup_fetch + seq_tup_read) filter (where relname = 'chat_slot_text')::bigint,
              sum(idx_tup_fetch + seq_tup_read) filter (where relname = 'chat_text_pack')::bigint
            from pg_stat_xact_user_tables
            """);
    }

    /// <summary>Three hours of 7.8 MiB: one is read, and three are not. It is the same before they are packed.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task Texts_LongInTotal_AreNotRead(bool isPacked)
    {
        await CountAsync();
        for (var hour = 0; hour < 3; hour++)
            await AddErrorsAsync(Hour.AddHours(hour), 4_100);
        if (isPacked)
        {
            (await _fixture.Texts.RunAsync(default)).Should().Be(CountUpdateResult.Unfinished, "a transaction packs about 8 MiB");
            (await PacksAsync("packed is not null")).Should().BeInRange(1, 2);
            await CountAsync();
            (await PacksAsync("octet_length(packed) between 8000000 and 8388608")).Should().Be(3);
        }

        (await ReadAsync(hours: 1)).Should().HaveCount(20);
        (await ReadAsync(hours: 3)).Should().BeNull();
    }

    [Test]
    public async Task Slot_LongerThanAPack_IsNotRead()
    {
        await CountAsync();
        await AddErrorsAsync(Hour, 4_400);
        await CountAsync();

        (await PacksAsync("packed = '' and texts = 4400")).Should().Be(1);
        (await ReadAsync(hours: 1)).Should().BeNull();
        (await PacksAsync("packed is null")).Should().Be(0, "it is not looked at again and again");
    }

    /// <summary>Packs that a version without the bound has made.</summary>
    [Test]
    public async Task Pack_OfTheVersionBefore_IsNotRead()
    {
        await CountAsync();
        await AddErrorsAsync(Hour, 1);
        await CountAsync();
        await _fixture.Rows.ExecuteAsync("update chat_text_pack set packed = convert_to(repeat('x', 17000000), 'UTF8')");

        (await ReadAsync(hours: 1)).Should().BeNull();
    }

    [Test]
    public async Task Texts_OfMuchThatIsNotCounted_AreNotRead()
    {
        await CountAsync();
        var (tenant, profile) = _fixture.Profiles[0];
        await _fixture.Rows.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, pipeline_todos, pipeline_recommended_items,
              pipeline_notification_items, created_at, updated_at)
            select gen_random_uuid(), @tenant, @profile, 'Dinner ideas?', 'completed', 'completed', '[]',
              convert_to(format('[{"name":"Tea","text":"%s"}]', repeat('x', 128000)), 'UTF8'), '[]', @Hour + n * interval '1 second', now()
            from generate_series(1, 70) n
            """,
            new { tenant, profile, Hour });

        (await ReadAsync(hours: 1)).Should().BeNull();
        await CountAsync();
        (await ReadAsync(hours: 1)).Should().Equal(("i", "Tea", 70));
    }

    /// <summary>A purge takes the oldest chats in many batches, and each empties the packs of the same slots.</summary>
    [Test]
    public async Task Pack_ThatWasEmptied_IsMadeAgainOnceItWasLeftAlone()
    {
        await FailAsync(_fixture.Profiles[0], "timeout", "timeout");
        await CountAsync();
        await _fixture.Rows.ExecuteAsync("delete from sdk_chat where chat_id = (select chat_id from sdk_chat limit 1)");
        await _fixture.Updater.RunAsync(default);

        (await _fixture.Texts.RunAsync(default)).Should().Be(CountUpdateResult.NothingNew);
        (await PacksAsync("packed is null")).Should().Be(3);

        await _fixture.Rows.ExecuteAsync("update chat_text_pack set ends_at = ends_at - interval '11 minutes'");
        (await _fixture.Texts.RunAsync(default)).Should().Be(CountUpdateResult.Updated);
        (await PacksAsync("packed is null")).Should().Be(0);
    }

    [Test]
    public async Task Pack_ThatIsDueLongest_IsNotKeptWaitingByNewerOnes()
    {
        await FailAsync(_fixture.Profiles[0], "timeout");
        await CountAsync();
        await _fixture.Rows.ExecuteAsync("update chat_text_pack set texts = null, packed = null");

        (await _fixture.Rows.ScalarAsync<bool>("select chat_text_pack_due(2)")).Should().BeFalse("one is left");

        (await _fixture.Rows.ScalarAsync<int>("select level from chat_text_pack where packed is null"))
            .Should().Be(2, "its slot ends neither last nor first");
    }

    private static DateTimeOffset Hour => TextFixture.Start.AddMinutes(40);

    /// <summary>Errors of 1,985 bytes, each of one chat.</summary>
    private Task AddErrorsAsync(DateTimeOffset hour, int errors) => _fixture.Rows.ExecuteAsync(
        """
        insert into chat_slot_text (tenant_id, level, slot_at, kind, key, chats, text)
        select @Tenant, 1, @hour, 'e', n, 1, repeat('x', 1980) || to_char(n, 'FM00000') from generate_series(1, @errors) n
        """,
        new { _fixture.Profiles[0].Tenant, hour, errors });

    private Task<long> PacksAsync(string condition) =>
        _fixture.Rows.ScalarAsync<long>($"select count(*) from chat_text_pack where {condition}");

    /// <returns>Null where the texts are not read.</returns>
    private async Task<IReadOnlyList<(string Kind, string Text, long Chats)>?> ReadAsync(int hours)
    {
        var (from, to) = (Hour, Hour.AddHours(hours));
        var tenant = new TenantId(_fixture.Profiles[0].Tenant);
        var list = new ChatListPage(tenant, new ChatFilter { From = from, To = to }, new PagePosition.Last(), 1);
        await using var connection = await _fixture.OpenAsync();
        return await TextFixture.ReadAsync(connection, list, new StatsParameters(list, [from, to]));
    }

    private async Task CountAsync()
    {
        await _fixture.Updater.RunAsync(default);
        while (await _fixture.Texts.RunAsync(default) == CountUpdateResult.Unfinished)
        {
        }
    }

    private async Task ShouldBeCountedAsync()
    {
        while (await _fixture.Updater.RunAsync(default) == CountUpdateResult.Busy
            || await _fixture.Texts.RunAsync(default) != CountUpdateResult.NothingNew)
        {
        }

        (await _fixture.Rows.ScalarAsync<bool>("select texts_from = '-infinity' from chat_count_watermark")).Should().BeTrue();
        (await _fixture.Rows.ScalarAsync<long>("select count(*) from chat_slot_text")).Should().BePositive();
        (await _fixture.Counts.RepairAsync(checkOnly: true, default)).Differences.Should().BeEmpty();
        await using var connection = await _fixture.OpenAsync();
        for (var n = 0; n < 10; n++)
            await TextFixture.ReadAsync(_fixture, connection, new Random(n));
    }

    private async Task FailAsync((Guid Tenant, Guid Profile) profile, params string[] errors)
    {
        foreach (var error in errors)
        {
            var chat = await _fixture.Rows.ChatAsync(profile.Tenant, profile.Profile, TextFixture.Start, "error");
            await _fixture.Rows.ExecuteAsync("update sdk_chat set last_error = @error where chat_id = @chat", new { error, chat });
        }
    }

    private async Task<int> CountUntilAsync(Task done)
    {
        var updates = 0;
        while (!done.IsCompleted)
        {
            await _fixture.Updater.RunAsync(default);
            updates += await _fixture.Texts.RunAsync(default) == CountUpdateResult.Updated ? 1 : 0;
        }

        return updates;
    }

    private async Task<int> ReadUntilAsync(Task done, int seed)
    {
        var random = new Random(seed);
        await using var connection = await _fixture.OpenAsync();
        var reads = 0;
        while (!done.IsCompleted)
            reads += await TextFixture.ReadAsync(_fixture, connection, random) ? 1 : 0;
        return reads;
    }
}
