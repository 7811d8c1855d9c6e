using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats;

public sealed class ChatHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 4, 23, 12, 0, 0, TimeSpan.Zero);

    private TestDatabase _database = null!;
    private Npgsql.NpgsqlDataSource _source = null!;
    private Rows _rows = null!;
    private ChatHistory _history = null!;
    private TenantId _tenant;
    private ProfileId _profile;

    [SetUp]
    public async Task SetUp()
    {
        _database = await TestDatabase.CreateAsync();
        _source = DataSourceFactory.Create(_database.ConnectionString, TestDatabase.Options);
        _rows = new Rows(_database.ConnectionString);
        _history = new ChatHistory(new HistoryDatabase(new Database(_source)), TimeProvider.System);
        _tenant = new TenantId(await _rows.TenantAsync("demo"));
        _profile = new ProfileId(await _rows.ProfileAsync(_tenant.Value, """{"name":"Sato Hanako","gender":"F","age":32,"locale":"ja"}"""));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task List_Rows_AreNewestFirstThenHighestId()
    {
        var old = await ChatAsync(Noon);
        var ids = new[] { Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7() };
        foreach (var id in ids)
            await _rows.ChatAsync(_tenant.Value, _profile.Value, Noon.AddMinutes(1), chat: id);

        var slice = await ListAsync(new PagePosition.Offset(0));

        slice.Items.Select(item => item.Chat.Value).Should().Equal([.. ids.OrderDescending(), old]);
        slice.Total.Should().Be(4);
    }

    [Test]
    public async Task List_OfAnotherTenant_ShowsNothingOfOurs()
    {
        await ChatAsync(Noon);
        var other = new TenantId(await _rows.TenantAsync("acme"));

        var everything = await _history.ListAsync(other, ChatFilter.None, new PagePosition.Offset(0), 20, default);
        var ourProfile = await _history.ListAsync(other, new ChatFilter { Profile = _profile }, new PagePosition.Offset(0), 20, default);

        everything.Total.Should().Be(0);
        everything.Items.Should().BeEmpty();
        ourProfile.Total.Should().Be(0);
        ourProfile.Items.Should().BeEmpty();
    }

    /// <summary>
    /// Two tenants' dashboards at once, each asking with the other's profile as well: what is shared is shared among equals.
    /// </summary>
    [Test]
    public async Task List_ManyAtOnce_EachGetsItsOwn()
    {
        var ours = await ChatAsync(Noon);
        var other = new TenantId(await _rows.TenantAsync("acme"));
        var theirs = await _rows.ChatAsync(other.Value, await _rows.ProfileAsync(other.Value), Noon);
        var first = new PagePosition.Offset(0);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async n =>
        {
            (await Ids(_history.ListAsync(_tenant, ChatFilter.None, first, 20, default))).Should().Equal(ours);
            (await Ids(_history.ListAsync(other, ChatFilter.None, first, 20, default))).Should().Equal(theirs);
            (await Ids(_history.ListAsync(other, new ChatFilter { Profile = _profile }, first, 20, default))).Should().BeEmpty();
            (await Ids(_history.ListAsync((TenantId?)null, ChatFilter.None, first, 20, default))).Should().HaveCount(2);
            (await _history.FindAsync(other, new ChatId(ours), default)).Should().BeNull();
            (await _history.FindAsync(_tenant, new ChatId(ours), default))!.Chat.Tenant.Should().Be(_tenant);
        }));

        static async Task<IEnumerable<Guid>> Ids(Task<PageSlice<ChatListItem>> reading) =>
            (await reading).Items.Select(item => item.Chat.Value);
    }

    /// <summary>Whoever has written sees it, however many others are reading the same. All of them fit on a page.</summary>
    [Test]
    public async Task List_ManyWhoWriteAndRead_SeeWhatTheyWrote() => await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
    {
        for (var n = 0; n < PageRequest.MaxSize / 8; n++)
        {
            var chat = await ChatAsync(Noon);
            (await ListAsync(new PagePosition.Offset(0), PageRequest.MaxSize)).Items.Select(item => item.Chat.Value).Should().Contain(chat);
        }
    }));

    [Test]
    public async Task List_CrossTenant_FiltersByTenantAndProfileAlike()
    {
        var ours = await ChatAsync(Noon);
        var other = await _rows.TenantAsync("acme");
        var theirs = await _rows.ChatAsync(other, await _rows.ProfileAsync(other), Noon.AddHours(1));

        (await CrossTenantAsync(null, null)).Should().Equal(theirs, ours);
        (await CrossTenantAsync(_tenant, null)).Should().Equal(ours);
        (await CrossTenantAsync(null, _profile)).Should().Equal(ours);
        (await CrossTenantAsync(_tenant, _profile)).Should().Equal(ours);
        (await CrossTenantAsync(new TenantId(other), _profile)).Should().BeEmpty();
    }

    [Test]
    public async Task List_PastTheEnd_IsEmptyWithTheTrueTotal()
    {
        await ChatAsync(Noon);

        var slice = await ListAsync(new PagePosition.Offset(long.MaxValue / 2));

        slice.Items.Should().BeEmpty();
        slice.Total.Should().Be(1);
        slice.Skipped.Should().Be(1);
    }

    [TestCase(1, 5, 1)]
    [TestCase(5, 5, 5)]
    [TestCase(6, 5, 1)]
    [TestCase(12, 5, 2)]
    public async Task List_Last_IsThePageThatCountingFromTheTopFinds(int chats, int size, int onLast)
    {
        for (var n = 0; n < chats; n++)
            await ChatAsync(Noon.AddMinutes(n));

        var last = await ListAsync(new PagePosition.Last(), size);
        var counted = await ListAsync(new PagePosition.Offset((chats - 1) / size * size), size);

        last.Items.Should().HaveCount(onLast);
        last.Items.Select(item => item.Chat).Should().Equal(counted.Items.Select(item => item.Chat));
        last.Skipped.Should().Be(counted.Skipped);
    }

    [Test]
    public async Task List_WalkingByKeyset_SeesEveryRowOnceWhileNewOnesArrive()
    {
        var before = new List<Guid>();
        for (var n = 0; n < 23; n++)
            before.Add(await ChatAsync(Noon.AddMinutes(n / 3)));

        var seen = new List<ChatListItem>();
        PagePosition position = new PagePosition.Offset(0);
        while (true)
        {
            var slice = await ListAsync(position, 5);
            if (slice.Items.Count == 0)
                break;
            seen.AddRange(slice.Items);
            await ChatAsync(Noon.AddHours(1));
            position = new PagePosition.After(slice.Items[^1].Key);
        }

        seen.Select(item => item.Chat.Value).Should().OnlyHaveUniqueItems().And.BeEquivalentTo(before);
    }

    [Test]
    public async Task List_Before_GivesTheNearestRowsInListOrder()
    {
        for (var n = 0; n < 9; n++)
            await ChatAsync(Noon.AddMinutes(n));
        var all = await ListAsync(new PagePosition.Offset(0));

        var slice = await ListAsync(new PagePosition.Before(all.Items[6].Key), 4);

        slice.Items.Select(item => item.Chat).Should().Equal(all.Items.Skip(2).Take(4).Select(item => item.Chat));
        slice.Skipped.Should().Be(2);
    }

    [Test]
    public async Task List_AfterARowThatIsGone_GoesOnFromItsPlace()
    {
        await ChatAsync(Noon);
        var gone = new ChatKey(Noon.AddMinutes(1), new ChatId(Guid.CreateVersion7()));

        (await ListAsync(new PagePosition.After(gone))).Items.Should().HaveCount(1);
    }

    [TestCase("""{"name":"Kim","gender":"F","age":"32","locale":"ko"}""", "Kim", 32)]
    [TestCase("""{"age":"old"}""", null, null)]
    [TestCase("""{"age":32.0}""", null, 32)]
    [TestCase("""{"age":32.5}""", null, null)]
    [TestCase("""{"age":1e400}""", null, null)]
    [TestCase("""{"age":99999999999}""", null, null)]
    [TestCase("""{"age":true,"name":7}""", null, null)]
    [TestCase("""{"name":{"first":"A"},"age":[32]}""", null, null)]
    [TestCase("""{"name":null}""", null, null)]
    [TestCase("""{"name":""}""", "", null)]
    [TestCase("""{"name":"\\u0000 \\ud800"}""", "\\u0000 \\ud800", null)]
    [TestCase("[]", null, null)]
    [TestCase("\"text\"", null, null)]
    [TestCase("17", null, null)]
    [TestCase("null", null, null)]
    public async Task List_OddProfile_GivesWhatFitsAndNullForTheRest(string document, string? name, int? age)
    {
        var profile = await _rows.ProfileAsync(_tenant.Value, document);
        await _rows.ChatAsync(_tenant.Value, profile);

        var summary = (await ListAsync(new PagePosition.Offset(0))).Items.Single().ProfileSummary;

        summary.Name.Should().Be(name);
        summary.Age.Should().Be(age);
    }

    [Test]
    public async Task List_DeeplyNestedAndHugeProfiles_DoNoHarm()
    {
        var deep = await _rows.ProfileAsync(_tenant.Value, new string('[', 500) + new string(']', 500));
        var huge = await _rows.ProfileAsync(
            _tenant.Value, $$"""{"age":"{{new string('9', 100_000)}}","x":"{{new string('x', 200_000)}}"}""");
        await _rows.ChatAsync(_tenant.Value, deep);
        await _rows.ChatAsync(_tenant.Value, huge);

        (await ListAsync(new PagePosition.Offset(0))).Items.Should().HaveCount(2)
            .And.OnlyContain(item => item.ProfileSummary.Age == null);
    }

    [Test]
    public async Task List_DeletedProfile_StillHasItsSummary()
    {
        await ChatAsync(Noon);
        await _rows.ExecuteAsync("update sdk_profile set deleted_at = now() where tenant_id = @tenant", new { tenant = _tenant.Value });

        (await ListAsync(new PagePosition.Offset(0))).Items.Single().ProfileSummary.Name.Should().Be("Sato Hanako");
    }

    [Test]
    public async Task Find_Completed_GivesTheResultToTheByte()
    {
        const string Items = """[{"n":1.0E2,"s":"\u0000\ud800 한글","big":12345678901234567890}]""";
        var chat = await _rows.ChatAsync(_tenant.Value, _profile.Value, Noon, "completed", notificationItems: Items);

        var detail = await _history.FindAsync(_tenant, new ChatId(chat), default);

        detail!.Chat.Result!.NotificationItems.Should().Be(RawJson.FromText(Items));
        detail.Chat.CreatedAt.Should().Be(Noon);
        detail.ProfileSummary.Locale.Should().Be("ja");
    }

    /// <summary>More than the connection's buffer holds, and less; and empty, as a result may be.</summary>
    [TestCase(0)]
    [TestCase(8_190)]
    [TestCase(100_000)]
    [TestCase(3_000_000)]
    public async Task Find_ResultOfAnySize_IsGivenToTheByte(int length)
    {
        var items = $"[\"{string.Concat(Enumerable.Range(0, length / 10).Select(n => $"{n,10}"))}\"]";
        var chat = await _rows.ChatAsync(_tenant.Value, _profile.Value, Noon, "completed", notificationItems: items);

        for (var times = 0; times < 2; times++)
        {
            var result = (await _history.FindAsync(_tenant, new ChatId(chat), default))!.Chat.Result!;
            result.Should().Be(new PipelineResult(RawJson.FromText(items), RawJson.FromText(items), RawJson.FromText(items)));
        }
    }

    [Test]
    public async Task Find_AgainAndAgain_AllocatesNoResultAnew()
    {
        const int Length = 200_000;
        const int Times = 50;
        var chat = new ChatId(
            await _rows.ChatAsync(_tenant.Value, _profile.Value, Noon, "completed", notificationItems: $"[\"{new string('x', Length)}\"]"));
        await FindAsync();
        var before = GC.GetTotalAllocatedBytes();

        for (var n = 0; n < Times; n++)
            await FindAsync();

        // Three of them each time, were they made anew.
        ((GC.GetTotalAllocatedBytes() - before) / Times).Should().BeLessThan(Length / 2);

        async Task FindAsync()
        {
            using var detail = await _history.FindAsync(_tenant, chat, default);
            detail.Should().NotBeNull();
        }
    }

    [Test]
    public async Task FindChanged_KnownVersion_LeavesOutTheResultOnly()
    {
        var chat = new ChatId(await _rows.ChatAsync(_tenant.Value, _profile.Value, Noon, "completed", notificationItems: "[1]"));
        using var found = await _history.FindAsync(_tenant, chat, default);
        var (state, version) = (found!.Chat, found.Chat.Version);

        foreach (var known in new[]
        {
            await _history.FindChangedAsync(_tenant, chat, version, default), await _history.FindChangedAsync(chat, version, default),
        })
        {
            known!.IsResultKnown.Should().BeTrue();
            known.Chat.Should().Be(state with { Result = null });
            known.ProfileSummary.Should().Be(found.ProfileSummary);
        }

        foreach (var other in new[]
        {
            version with { Revision = version.Revision + 1 }, version with { UpdatedAt = version.UpdatedAt.AddMilliseconds(1) },
        })
        {
            using var changed = await _history.FindChangedAsync(_tenant, chat, other, default);
            changed!.IsResultKnown.Should().BeFalse();
            changed.Chat.Result!.NotificationItems.ToString().Should().Be("[1]");
        }
    }

    [Test]
    public async Task Find_AnotherTenantsChat_IsNotThere()
    {
        var chat = new ChatId(await ChatAsync(Noon));
        var other = new TenantId(await _rows.TenantAsync("acme"));

        (await _history.FindAsync(other, chat, default)).Should().BeNull();
        using var found = await _history.FindAsync(chat, default);
        (await _history.FindChangedAsync(other, chat, found!.Chat.Version, default)).Should().BeNull();
    }

    private Task<Guid> ChatAsync(DateTimeOffset createdAt) => _rows.ChatAsync(_tenant.Value, _profile.Value, createdAt);

    private Task<PageSlice<ChatListItem>> ListAsync(PagePosition position, int size = 20) =>
        _history.ListAsync(_tenant, ChatFilter.None, position, size, default);

    private async Task<IEnumerable<Guid>> CrossTenantAsync(TenantId? tenant, ProfileId? profile)
    {
        ICrossTenantChatHistory history = _history;
        var slice = await history.ListAsync(tenant, new ChatFilter { Profile = profile }, new PagePosition.Offset(0), 20, default);
        slice.Total.Should().Be(slice.Items.Count);
        return slice.Items.Select(item => item.Chat.Value);
    }
}
