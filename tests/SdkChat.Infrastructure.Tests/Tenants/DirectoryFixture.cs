using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Tenants;

/// <summary>One node's directory on a real database, on a clock that the test moves and with polls that the test makes.</summary>
internal sealed class DirectoryFixture : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly NpgsqlDataSource _source;
    private readonly DirectoryPoller _poller;

    private DirectoryFixture(TestDatabase database)
    {
        _database = database;
        _source = DataSourceFactory.Create(database.ConnectionString, TestDatabase.Options);
        var storage = new Database(_source);
        Rows = new Rows(database.ConnectionString);
        Heartbeat = new Heartbeat(Clock);
        Uses = new ApiKeyUses(storage);
        Directory = new ApiKeyCache(storage, Heartbeat, Uses, Clock);
        Keys = new ApiKeyRepository(storage);
        Tenants = new TenantRepository(storage);
        TenantCache = new TenantCache(storage, Heartbeat, new TenantCodes());
        _poller = new DirectoryPoller(
            storage, Heartbeat, [Directory, TenantCache], [], new SurveySignal(), Clock, NullLogger<DirectoryPoller>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 4, 23, 5, 28, 8, TimeSpan.Zero));

    public Rows Rows { get; }

    public Heartbeat Heartbeat { get; }

    public ApiKeyUses Uses { get; }

    public ApiKeyCache Directory { get; }

    public TenantCache TenantCache { get; }

    public ApiKeyRepository Keys { get; }

    public TenantRepository Tenants { get; }

    public static async Task<DirectoryFixture> CreateAsync() => new(await TestDatabase.CreateAsync());

    public Task PollAsync() => _poller.PollAsync(default);

    public async Task<Tenant> TenantAsync(string code)
    {
        if (!TenantCode.TryParse(code, out var parsed))
            throw new ArgumentException(code);
        var tenant = new Tenant(new TenantId(Guid.CreateVersion7()), parsed, code, true);
        (await Tenants.AddAsync(tenant, default)).Should().BeTrue();
        return tenant;
    }

    public async Task<SdkKey> KeyAsync(Tenant tenant, TimeSpan? lifetime = null, string? name = null)
    {
        var key = SdkKey.Create(tenant.Code);
        var now = Clock.Now();
        (await Keys.AddAsync(tenant.Id, new CreatedApiKey(key, now + lifetime) { Name = name, CreatedAt = now }, most: null, default))
            .Should().BeTrue();
        return key;
    }

    /// <summary>Changes keys past the program without any node hearing of it, so that a test sees what is served from memory.</summary>
    public Task ForgetSilentlyAsync() => Rows.ExecuteAsync(
        "alter table api_key disable trigger api_key_deleted; delete from api_key; alter table api_key enable trigger api_key_deleted");

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }
}
