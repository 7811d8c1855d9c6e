namespace SdkChat.Infrastructure.Tests.Chats.Search;

public sealed class SearchTests
{
    private SearchFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await SearchFixture.CreateAsync();

    [TearDown]
    public async Task TearDown() => await _fixture.DisposeAsync();

    [Test]
    public async Task Search_Name_FindsEveryChatOfTheProfile()
    {
        var chats = new[] { await _fixture.AddAsync("비빔밥"), await _fixture.AddAsync("불고기") };
        await _fixture.AddAsync("불고기", profile: 1);
        await _fixture.Index.CompleteAsync(default);

        (await _fixture.FindAsync("민수")).Should().BeEquivalentTo(chats);
        (await _fixture.FindAsync("민수 불고")).Should().Equal(chats[1]);
    }

    [Test]
    public async Task Search_RenamedProfile_IsFoundByItsNewNameAtOnce()
    {
        var chats = new List<Guid>();
        for (var n = 0; n < 20; n++)
            chats.Add(await _fixture.AddAsync($"prompt {n}"));
        await _fixture.Index.CompleteAsync(default);

        await _fixture.Rows.ExecuteAsync(
            "update sdk_profile set data = '{\"name\": \"Ramírez\"}' where profile_id = @Profile", new { _fixture.Profiles[0].Profile });

        (await _fixture.FindAsync("ramírez", wanted: 5)).Should().HaveCount(5);
        (await _fixture.FindAsync("민수")).Should().BeEmpty();
        (await _fixture.FindAsync("prompt ramí 17")).Should().Equal(chats[17]);
        await _fixture.Index.CompleteAsync(default);
        (await _fixture.FindAsync("ramírez")).Should().BeEquivalentTo(chats);
        (await _fixture.FindAsync("민수")).Should().BeEmpty();
        (await _fixture.Rows.ScalarAsync<long>("select count(*) from chat_search_renamed")).Should().Be(0);
    }

    [Test]
    public async Task Search_Error_IsFoundWhetherItCameBeforeOrAfterTheIndex()
    {
        var before = await _fixture.AddAsync("Dinner", error: "Kitchen on fire");
        var after = await _fixture.AddAsync("Lunch");
        await _fixture.Index.CompleteAsync(default);
        await _fixture.Rows.ExecuteAsync(
            "update sdk_chat set status = 'error', last_error = 'KITCHEN closed' where chat_id = @after", new { after });

        (await _fixture.FindAsync("kitchen")).Should().BeEquivalentTo([before, after]);
        (await _fixture.FindAsync("kitchen lunch 민수")).Should().Equal(after);
    }

    [Test]
    public async Task Search_OfAnotherTenant_FindsNothingOfOurs()
    {
        var ours = await _fixture.AddAsync("라면");
        var theirs = await _fixture.AddAsync("라면", profile: 3);

        foreach (var isIndexed in new[] { false, true })
        {
            if (isIndexed)
                await _fixture.Index.CompleteAsync(default);
            (await _fixture.FindAsync("라면")).Should().Equal(ours);
            (await _fixture.FindAsync("민수")).Should().Equal(ours);
            (await _fixture.FindAsync("라면", profile: _fixture.Profiles[3].Profile)).Should().BeEmpty();
            await using var connection = await _fixture.OpenAsync();
            (await SearchFixture.FindAsync(connection, new SearchCall(_fixture.Profiles[0].Tenant, null, null) { Id = theirs }))
                .Should().BeEmpty();
            (await SearchFixture.FindAsync(
                connection, new SearchCall(_fixture.Profiles[0].Tenant, null, null) { Id = _fixture.Profiles[3].Profile }))
                .Should().BeEmpty();
            (await SearchFixture.FindAsync(connection, new SearchCall(null, null, "라면"))).Should().BeEquivalentTo([ours, theirs]);
        }
    }

    [Test]
    public async Task Search_Id_FindsExactlyThat()
    {
        var (tenant, profile) = _fixture.Profiles[0];
        var session = Guid.CreateVersion7();
        await _fixture.Rows.ExecuteAsync(
            "insert into profile_session (session_id, tenant_id, profile_id, started_at) values (@session, @tenant, @profile, now())",
            new { session, tenant, profile });
        var first = await _fixture.AddAsync("one");
        var second = await _fixture.AddAsync($"{first}");
        await _fixture.AddAsync("three", profile: 1);
        await _fixture.Rows.ExecuteAsync(
            "update sdk_chat set profile_session_id = @session where chat_id = @second", new { session, second });

        (await FindAsync(first)).Should().Equal(first);
        (await FindAsync(profile)).Should().BeEquivalentTo([first, second]);
        (await FindAsync(session)).Should().Equal(second);
        (await FindAsync(Guid.NewGuid())).Should().BeEmpty();

        async Task<IReadOnlyList<Guid>> FindAsync(Guid id)
        {
            await using var connection = await _fixture.OpenAsync();
            return await SearchFixture.FindAsync(connection, new SearchCall(tenant, null, null) { Id = id });
        }
    }

    [Test]
    public async Task Search_OwnWriteInAnOpenTransaction_IsFoundThereAndNowhereElse()
    {
        await _fixture.Index.CompleteAsync(default);
        await using var connection = await _fixture.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var call = new SearchCall(_fixture.Profiles[0].Tenant, null, "떡볶이");
        var chat = await SearchFixture.AddAsync(connection, _fixture.Profiles[0], "떡볶이", SearchFixture.Noon);
        await _fixture.AddAsync("another", profile: 1);
        await _fixture.Index.CompleteAsync(default);

        (await SearchFixture.FindAsync(connection, call)).Should().Equal(chat);
        (await _fixture.FindAsync("떡볶이")).Should().BeEmpty();
        await transaction.CommitAsync();
        (await _fixture.FindAsync("떡볶이")).Should().Equal([chat], "it was open when the index moved on");
        await _fixture.Index.CompleteAsync(default);
        (await _fixture.FindAsync("떡볶이")).Should().Equal(chat);
        (await _fixture.Rows.ScalarAsync<long>("select count(*) from chat_search_entry")).Should().Be(2);
    }

    [Test]
    public async Task Delete_Chat_LeavesNothingInTheIndex()
    {
        var chat = await _fixture.AddAsync("비밀 이야기");
        await _fixture.Index.CompleteAsync(default);
        await _fixture.Rows.ExecuteAsync("delete from sdk_chat where chat_id = @chat", new { chat });

        (await _fixture.FindAsync("비밀")).Should().BeEmpty();
        (await _fixture.Rows.ScalarAsync<long>("select count(*) from chat_search_entry")).Should().Be(0);
        (await _fixture.Rows.ScalarAsync<long>("select count(*) from chat_search_segment")).Should().Be(0);
    }

    [Test]
    public async Task Search_Class_LeavesOutTheOthers()
    {
        var failed = await _fixture.AddAsync("라면", error: "closed");
        var running = await _fixture.AddAsync("라면");

        foreach (var _ in new[] { false, true })
        {
            (await _fixture.FindAsync("라면", classes: 8)).Should().Equal(failed);
            (await _fixture.FindAsync("라면", classes: 1)).Should().Equal(running);
            (await _fixture.FindAsync("라면", classes: 2)).Should().BeEmpty();
            await _fixture.Index.CompleteAsync(default);
        }
    }

    /// <summary>A dump restored on another server: the numbers of its transactions mean nothing here.</summary>
    [Test]
    public async Task Search_IndexOfAnotherServer_IsNotBelieved()
    {
        var first = await _fixture.AddAsync("라면");
        await _fixture.Index.CompleteAsync(default);
        await _fixture.Rows.ExecuteAsync(
            "alter table chat_search_watermark disable trigger user; update chat_search_watermark set written_by = '5', last_xid = "
            + "'9000000'; alter table chat_search_watermark enable trigger user");
        var second = await _fixture.AddAsync("라면");

        (await _fixture.FindAsync("라면")).Should().BeEquivalentTo([first, second]);
        await _fixture.Index.CompleteAsync(default);
        (await _fixture.Rows.ScalarAsync<bool>("select is_complete and xmin = written_by::xid from chat_search_watermark"))
            .Should().BeTrue();
        (await _fixture.Rows.ScalarAsync<long>("select count(*) from chat_search_entry")).Should().Be(2);
        (await _fixture.FindAsync("라면")).Should().BeEquivalentTo([first, second]);
    }
}
