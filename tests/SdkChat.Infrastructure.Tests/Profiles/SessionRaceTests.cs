using Dapper;
using Npgsql;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Profiles;
using SdkChat.Infrastructure.Retention;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Profiles;

/// <summary>A session that is opened while its profile is deleted: whichever is first, none stays open on a deleted profile.</summary>
public sealed class SessionRaceTests
{
    private static readonly DateTimeOffset At = new(2026, 4, 23, 12, 0, 0, TimeSpan.Zero);

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private Rows _rows = null!;
    private Guid _tenant;
    private Guid _profile;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
        _rows = new Rows(_database.ConnectionString);
        _tenant = await _rows.TenantAsync("demo");
        _profile = await _rows.ProfileAsync(_tenant);
    }

    [TearDown]
    public async Task DropAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Delete_WhileASessionIsBeingOpened_EndsIt()
    {
        await using var starting = await _source.OpenConnectionAsync();
        await using var transaction = await starting.BeginTransactionAsync();
        await starting.ExecuteAsync(
            ProfileSessionSql.Start, new { tenant = _tenant, profile = _profile, session = Guid.NewGuid(), at = At });
        var deleting = Repository().DeleteAsync(new TenantId(_tenant), new ProfileId(_profile), At, default);
        await UntilOneWaitsAsync(deleting);
        await transaction.CommitAsync();

        (await deleting).Should().NotBeNull();
        (await OpenSessionsAsync()).Should().Be(0);
    }

    [Test]
    public async Task Start_WhileTheProfileIsBeingDeleted_FindsNoProfile()
    {
        await using var deleting = await _source.OpenConnectionAsync();
        await using var transaction = await deleting.BeginTransactionAsync();
        await deleting.ExecuteAsync(ProfileSql.Delete, new { tenant = _tenant, profile = _profile, at = At });
        var starting = new ProfileSessions(new Database(_source), new TenantChanges(TimeProvider.System))
            .StartAsync(new TenantId(_tenant), new ProfileId(_profile), new ProfileSessionId(Guid.NewGuid()), At, default);
        await UntilOneWaitsAsync(starting);
        await transaction.CommitAsync();

        (await starting).ProfileExists.Should().BeFalse();
        (await OpenSessionsAsync()).Should().Be(0);
    }

    [Test]
    public async Task Retention_OfASessionThatAnEarlierVersionLeftOpen_EndsItAndTakesItWithItsProfile()
    {
        await _rows.ExecuteAsync(
            """
            update sdk_profile set deleted_at = @At where profile_id = @_profile;
            insert into profile_session (session_id, tenant_id, profile_id, started_at) values (gen_random_uuid(), @_tenant, @_profile, @At)
            """,
            new { At, _profile, _tenant });

        var report = await new RetentionPurge(new Database(_source), TimeProvider.System).RunAsync(At.AddDays(1), default);

        report.Should().Be(new RetentionReport(0, 1, 1));
    }

    private ProfileRepository Repository() =>
        new(
            new Database(_source), new DocumentGate(places: 1, TimeSpan.FromSeconds(30), TimeProvider.System),
            new TenantChanges(TimeProvider.System));

    private Task UntilOneWaitsAsync(Task call) => Eventually.TrueAsync(async () =>
        call.IsCompleted
        || await _rows.ScalarAsync<bool>(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"));

    private Task<long> OpenSessionsAsync() => _rows.ScalarAsync<long>("select count(*) from profile_session where ended_at is null");
}
