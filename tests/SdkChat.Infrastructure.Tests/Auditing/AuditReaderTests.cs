using Npgsql;
using SdkChat.Application.Auditing;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Auditing;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Auditing;

/// <summary>What is stored of the trail, and how it is read back.</summary>
public sealed class AuditReaderTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 23, 5, 0, 0, TimeSpan.Zero);

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private Database _storage = null!;
    private AuditReader _reader = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _source = DataSourceFactory.Create(_database.ConnectionString, TestDatabase.Options);
        _storage = new Database(_source);
        _reader = new AuditReader(_storage);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Reads_OfOnePageOnTwoNodes_AreOneEntryWithTheirNumber()
    {
        var read = Entry(0) with { Page = "page=0" };

        await StoreAsync(read, read with { At = read.At.AddMinutes(1), RequestId = "2" });
        await StoreAsync(read with { At = read.At.AddMinutes(2), RequestId = "3" });

        var stored = (await ListAsync()).Items.Single();
        (stored.At, stored.LastAt, stored.Count, stored.RequestId).Should().Be((read.At, read.At.AddMinutes(2), 3, "0"));
    }

    [Test]
    public async Task Batch_SentAgainAfterALostAnswer_CountsOnce()
    {
        var (batch, rows) = (Guid.NewGuid(), AuditRow.Merge([AuditRow.From(Entry(0) with { Page = "" }), AuditRow.From(Entry(1))]));

        await _storage.ExecuteAsync(AuditSql.Append, AuditWriter.Parameters(batch, rows), default);
        await _storage.ExecuteAsync(AuditSql.Append, AuditWriter.Parameters(batch, rows), default);

        (await ListAsync()).Items.Select(entry => entry.Count).Should().Equal(1, 1);
    }

    [Test]
    public async Task List_WalkedByCursorWhileEntriesArrive_ShowsEachOnce()
    {
        await StoreAsync([.. Enumerable.Range(0, 7).Select(Entry)]);
        var seen = new List<string>();
        var slice = await ListAsync(new PagePosition.Offset(0), 3);
        for (var number = 7; slice.Items.Count > 0; number++)
        {
            slice.Total.Should().Be(number);
            seen.AddRange(slice.Items.Select(entry => entry.RequestId));
            await StoreAsync(Entry(number));
            slice = await ListAsync(new PagePosition.After(KeyOf(slice.Items[^1])), 3);
        }

        seen.Should().Equal("6", "5", "4", "3", "2", "1", "0");
    }

    [Test]
    public async Task List_EveryPosition_SaysHowManyStandBefore()
    {
        await StoreAsync([.. Enumerable.Range(0, 7).Select(Entry)]);
        var all = (await ListAsync()).Items;

        foreach (var (position, rows, skipped) in new (PagePosition, string, long)[]
        {
            (new PagePosition.Offset(2), "432", 2), (new PagePosition.Offset(9), "", 7), (new PagePosition.After(KeyOf(all[3])), "210", 4),
            (new PagePosition.Before(KeyOf(all[4])), "543", 1), (new PagePosition.Last(), "0", 6),
        })
        {
            var slice = await ListAsync(position, 3);
            (string.Concat(slice.Items.Select(entry => entry.RequestId)), slice.Skipped, slice.Total)
                .Should().Be((rows, skipped, 7L), "{0}", position);
        }
    }

    [Test]
    public async Task List_Filters_CombineAndLimitTheTotal()
    {
        var (tenant, other) = (new TenantId(Guid.NewGuid()), new TenantId(Guid.NewGuid()));
        await StoreAsync(
            Entry(0) with { Tenant = tenant }, Entry(1) with { Tenant = other }, Entry(2) with { Tenant = tenant, Subject = "jiro" },
            Entry(3) with { Action = "read_audit" });

        foreach (var (filter, rows) in new[]
        {
            (new AuditFilter("hanako", null, null, null, null), "310"),
            (new AuditFilter(null, tenant, null, null, null), "20"),
            (new AuditFilter("hanako", tenant, "list_chats", null, null), "0"),
            (new AuditFilter(null, null, "read_audit", null, null), "3"),
            (new AuditFilter(null, null, null, Start.AddMinutes(1), Start.AddMinutes(3)), "21"),
            (new AuditFilter("'; drop table audit_entry; --", null, null, null, null), ""),
        })
        {
            var slice = await _reader.ListAsync(filter, new PagePosition.Offset(0), 10, default);
            (string.Concat(slice.Items.Select(entry => entry.RequestId)), slice.Total).Should().Be((rows, rows.Length), "{0}", filter);
        }
    }

    [Test]
    public async Task ListAccess_OfATenant_HasItsSuccessfulReadsAndThoseOfAllTenants()
    {
        var (tenant, other) = (new TenantId(Guid.NewGuid()), new TenantId(Guid.NewGuid()));
        await StoreAsync(
            Entry(0) with { Tenant = tenant, Target = Guid.NewGuid(), TargetKind = "chat", Action = "read_chat" },
            Entry(1) with { Tenant = other },
            Entry(2) with { IsTenantData = true },
            Entry(3) with { Action = "list_tenants" },
            Entry(4) with { Tenant = tenant, Status = 404 },
            Entry(5) with { Tenant = tenant, IsWrite = true },
            Entry(6) with { Tenant = tenant, Caller = AuditCaller.Tenant });

        var slice = await _reader.ListAccessAsync(tenant, hasChanges: false, new PagePosition.Offset(0), 10, default);

        slice.Total.Should().Be(2);
        slice.Items.Select(entry => (entry.At, entry.Action, entry.TargetKind, entry.IsAllTenants)).Should().Equal(
            (Start.AddMinutes(2), "list_chats", null, true), (Start, "read_chat", "chat", false));
    }

    [Test]
    public async Task ListAccess_WithChanges_HasThoseOfTheTenantAlone()
    {
        var (tenant, other, person) = (new TenantId(Guid.NewGuid()), new TenantId(Guid.NewGuid()), Guid.NewGuid());
        var erasure = Entry(0) with { Tenant = tenant, Target = person, TargetKind = "profile", Action = "erase_profile", IsWrite = true };
        await StoreAsync(
            erasure,
            Entry(1) with { Tenant = tenant },
            Entry(2) with { Tenant = other, Action = "erase_profile", IsWrite = true },
            Entry(3) with { Action = "add_tenant", IsWrite = true },
            Entry(4) with { Tenant = tenant, Action = "erase_profile", IsWrite = true, Status = 400 },
            Entry(5) with { Tenant = tenant, Action = "create_api_key", IsWrite = true, Caller = AuditCaller.Tenant });

        var slice = await _reader.ListAccessAsync(tenant, hasChanges: true, new PagePosition.Offset(0), 10, default);

        slice.Total.Should().Be(2);
        slice.Items.Select(entry => (entry.Action, entry.Target, entry.TargetKind))
            .Should().Equal(("list_chats", null, null), ("erase_profile", person, "profile"));
    }

    [Test]
    public async Task ListAccess_EntryOfAnEarlierVersion_SaysWhatItWasAbout()
    {
        var (tenant, chat) = (Guid.NewGuid(), Guid.NewGuid());
        await new Rows(_database.ConnectionString).ExecuteAsync(
            "insert into audit_entry (audit_id, at, action, tenant_id, target_id, status, request_id) values (gen_random_uuid(), @Start, "
                + "'read_chat', @tenant, @chat, 200, 'r')",
            new { Start, tenant, chat });

        var entry = (await _reader.ListAccessAsync(new TenantId(tenant), hasChanges: false, new PagePosition.Offset(0), 10, default))
            .Items.Single();

        (entry.Target, entry.TargetKind, entry.Count, entry.LastAt).Should().Be((chat, "chat", 1, Start));
    }

    private static ChatKey KeyOf(StoredAuditEntry entry) => new(entry.At, new ChatId(entry.Id));

    private static AuditEntry Entry(int number) =>
        new(Start.AddMinutes(number), "hanako", "list_chats", null, null, 200, $"{number}");

    private Task StoreAsync(params AuditEntry[] entries) =>
        _storage.ExecuteAsync(
            AuditSql.Append, AuditWriter.Parameters(Guid.NewGuid(), AuditRow.Merge(entries.Select(AuditRow.From))), default);

    private Task<PageSlice<StoredAuditEntry>> ListAsync(PagePosition? position = null, int size = 100) =>
        _reader.ListAsync(new AuditFilter(null, null, null, null, null), position ?? new PagePosition.Offset(0), size, default);
}
