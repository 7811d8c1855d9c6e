using Npgsql;
using SdkChat.Development.Seeding;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Development.Tests.Seeding;

public sealed class DemoDataTests
{
    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private Rows _rows = null!;
    private DemoData _demo = null!;

    [SetUp]
    public async Task SetUp()
    {
        _database = await TestDatabase.CreateAsync();
        _source = DataSourceFactory.Create(_database.ConnectionString, TestDatabase.Options);
        _rows = new Rows(_database.ConnectionString);
        _demo = new DemoData(new Database(_source), TimeProvider.System);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Ensure_EmptyDatabase_HasEveryStatusAndLanguageInBothTenants()
    {
        var added = await _demo.EnsureAsync(default);

        added.Should().BeInRange(300, 900);
        (await _rows.ScalarAsync<long>("select count(*) from sdk_chat")).Should().Be(added);
        (await ListAsync("select t.code || ' ' || f.width from floor_plan f join tenant t using (tenant_id)"))
            .Should().BeEquivalentTo("demo 1000", "acme 1000");
        (await ListAsync("select distinct t.code || ' ' || c.status from sdk_chat c join tenant t using (tenant_id)"))
            .Should().BeEquivalentTo(Pairs("in_progress", "completed", "error", "ended"));
        (await ListAsync("select distinct t.code || ' ' || (p.data->>'locale') from sdk_profile p join tenant t using (tenant_id)"))
            .Should().BeEquivalentTo(Pairs("ko", "ja", "en"));
        (await ListAsync("select distinct status from sdk_chat where created_at > now() - interval '2 minutes'"))
            .Should().HaveCountGreaterThan(1);
    }

    [Test]
    public async Task Ensure_SecondTime_AddsNothing()
    {
        await _demo.EnsureAsync(default);
        var before = await FingerprintAsync();

        (await _demo.EnsureAsync(default)).Should().Be(0);

        (await FingerprintAsync()).Should().Be(before);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Ensure_ManyAtOnce_AddItOnce(bool tenantsAreThere)
    {
        foreach (var tenant in DemoData.TenantCodes.Where(_ => tenantsAreThere))
            await _rows.TenantAsync(tenant);

        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _demo.EnsureAsync(default))));

        added.Should().ContainSingle(chats => chats > 0);
    }

    [Test]
    public async Task Ensure_TenantInUse_IsLeftAsItIs()
    {
        var demo = await _rows.TenantAsync("demo", enabled: false);
        await _rows.ProfileAsync(demo);

        await _demo.EnsureAsync(default);

        (await _rows.ScalarAsync<long>("select count(*) from sdk_chat where tenant_id = @demo", new { demo })).Should().Be(0);
        (await _rows.ScalarAsync<bool>("select enabled from tenant where tenant_id = @demo", new { demo })).Should().BeFalse();
        (await _rows.ScalarAsync<long>("select count(*) from sdk_chat")).Should().BePositive("acme had nothing");
    }

    [Test]
    public async Task Ensure_FailsHalfWay_LeavesNothing()
    {
        await _rows.ExecuteAsync("alter table sdk_chat add constraint none check (false)");

        await FluentActions.Awaiting(() => _demo.EnsureAsync(default)).Should().ThrowAsync<PostgresException>();

        (await _rows.ScalarAsync<long>("select (select count(*) from tenant) + (select count(*) from sdk_profile)")).Should().Be(0);
    }

    private static IEnumerable<string> Pairs(params string[] values) =>
        DemoData.TenantCodes.SelectMany(tenant => values.Select(value => $"{tenant} {value}"));

    private Task<string[]> ListAsync(string sql) => _rows.ScalarAsync<string[]>($"select array({sql})");

    private Task<string> FingerprintAsync() => _rows.ScalarAsync<string>(
        "select md5(string_agg(c::text, '' order by chat_id)) || (select count(*) from sdk_profile) || (select count(*) from tenant) "
        + "from sdk_chat c");
}
