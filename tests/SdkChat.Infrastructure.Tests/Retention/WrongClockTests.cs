using System.Net;
using System.Text;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats.Idempotency;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Retention;

/// <summary>A whole node whose clock is a year ahead: what it removes by age must be old by the database's clock as well.</summary>
public sealed class WrongClockTests
{
    private TestDatabase _database = null!;
    private Rows _rows = null!;
    private Guid _tenant;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
        _tenant = await _rows.TenantAsync("demo");
    }

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Node_AYearAhead_RemovesWhatIsOldAndNothingElse()
    {
        await StoreAsync(days: 1);
        var young = await CountsAsync();
        await StoreAsync(days: 800);
        (await CountsAsync()).Should().NotBeEquivalentTo(young);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(365));
        var settings = new Dictionary<string, string?> { ["Retention:Days"] = "30", ["Audit:KeepDays"] = "90" };

        await using var api = await TestApi.StartAsync(
            _database.ConnectionString, settings, services => services.AddSingleton<TimeProvider>(clock));

        // Every worker has had its turn once what is old is gone.
        await Eventually.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromMinutes(10));
            return await _rows.ScalarAsync<bool>("select not exists (select from sdk_chat where created_at < now() - interval '700 days')")
                && await _rows.ScalarAsync<bool>(
                    "select not exists (select from idempotency_key where created_at < now() - interval '700 days')")
                && await _rows.ScalarAsync<bool>(
                    "select not exists (select from sdk_profile where deleted_at < now() - interval '700 days')")
                && await _rows.ScalarAsync<bool>("select not exists (select from audit_entry where at < now() - interval '700 days')");
        });
        (await CountsAsync()).Should().BeEquivalentTo(young);
    }

    [TestCase(365)]
    [TestCase(-365)]
    public async Task IdempotencyRecord_OnANodeWhoseClockIsWrong_IsRememberedForADay(int days)
    {
        var clock = new OffsetClock(TimeSpan.FromDays(days));
        await using var api = await TestApi.StartAsync(
            _database.ConnectionString, services: services => services.AddSingleton<TimeProvider>(clock));
        await using var right = await TestApi.StartAsync(_database.ConnectionString);
        var profile = await _rows.ProfileAsync(_tenant);
        await StoreRecordAsync(api, profile, "of the wrong one");
        await StoreRecordAsync(right, profile, "of the right one");

        foreach (var node in new[] { api, right })
        {
            await node.Services.GetRequiredService<IdempotencyRecords>().PurgeAsync(default);
            (await FindAsync(node, "of the wrong one")).Should().NotBeNull();
            (await FindAsync(node, "of the right one")).Should().NotBeNull();
        }

        await _rows.ExecuteAsync("update idempotency_key set created_at = now() - interval '25 hours'");
        (await FindAsync(right, "of the wrong one")).Should().BeNull();
    }

    private Task<IdempotencyRecord?> FindAsync(TestApi node, string key) =>
        node.Services.GetRequiredService<IIdempotencyStore>().FindAsync(new TenantId(_tenant), key, default);

    private static async Task StoreRecordAsync(TestApi api, Guid profile, string key)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var secret = (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CreateApiKeyCommand("demo"))).Key.Secret;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/chat/{profile}/recommend")
        {
            Content = new StringContent("""{"prompt":"Dinner ideas?"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-API-KEY", secret);
        request.Headers.Add("Idempotency-Key", key);
        using var response = await api.Client.SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    /// <summary>
    /// One of everything that is removed by age, so many days old; an answer that is kept for a retry is an hour old at most.
    /// </summary>
    private async Task StoreAsync(int days)
    {
        var at = TimeProvider.System.GetUtcNow().AddDays(-days);
        var (profile, deleted) = (await _rows.ProfileAsync(_tenant), await _rows.ProfileAsync(_tenant));
        await _rows.ChatAsync(_tenant, profile, at);
        await _rows.ExecuteAsync(
            """
            update sdk_profile set deleted_at = @at where profile_id = @deleted;
            insert into profile_session (session_id, tenant_id, profile_id, started_at, ended_at) values (gen_random_uuid(), @_tenant, @profile, @at, @at);
            insert into idempotency_key (tenant_id, key, fingerprint, chat_id, back_list_status, created_at)
              values (@_tenant, @days::text, sha256('x'), gen_random_uuid(), 'not_started', case when @days = 1 then now() - interval '1 hour' else @at end);
            insert into audit_entry (audit_id, at, action, status, request_id) values (gen_random_uuid(), @at - interval '50 days', 'read_chat', 200, 'r')
            """,
            new { at, deleted, profile, _tenant, days });
    }

    private async Task<Dictionary<string, long>> CountsAsync()
    {
        var counts = new Dictionary<string, long>();
        foreach (var table in new[] { "sdk_chat", "profile_session", "idempotency_key", "audit_entry" })
            counts[table] = await _rows.ScalarAsync<long>($"select count(*) from {table}");
        counts["sdk_profile"] = await _rows.ScalarAsync<long>("select count(*) from sdk_profile where deleted_at is not null");
        return counts;
    }
}
