using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Tenants;

public sealed class ApiKeyUsesTests
{
    private DirectoryFixture _node = null!;
    private Tenant _tenant = null!;
    private SdkKey _key = null!;

    [SetUp]
    public async Task SetUp()
    {
        _node = await DirectoryFixture.CreateAsync();
        _tenant = await _node.TenantAsync("demo");
        _key = await _node.KeyAsync(_tenant);
        await _node.PollAsync();
    }

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Write_AfterManyUses_StoresTheLast()
    {
        await UseAsync();
        _node.Clock.Advance(TimeSpan.FromSeconds(1));
        await UseAsync();
        (await LastUseAsync()).Should().BeNull("a use alone writes nothing");

        await _node.Uses.WriteAsync(default);

        (await LastUseAsync()).Should().Be(_node.Clock.Now());
    }

    [Test]
    public async Task Find_RefusedKey_IsNoUse()
    {
        await _node.Keys.RevokeAsync(_tenant.Id, _key.Prefix, _node.Clock.Now(), default);
        await UseAsync();

        await _node.Uses.WriteAsync(default);

        (await LastUseAsync()).Should().BeNull();
    }

    [Test]
    public async Task Write_OlderThanWhatAnotherNodeWrote_KeepsTheGreatest()
    {
        await UseAsync();
        var later = _node.Clock.Now().AddMinutes(1);
        await _node.Rows.ExecuteAsync(
            "insert into api_key_use (api_key_id, last_used_at) select api_key_id, @later from api_key", new { later });

        await _node.Uses.WriteAsync(default);

        (await LastUseAsync()).Should().Be(later);
    }

    [Test]
    public async Task Write_KeyDeletedMeanwhile_StoresTheOthers()
    {
        _node.Uses.Note(Guid.CreateVersion7(), _node.Clock.Now());
        await UseAsync();

        await _node.Uses.WriteAsync(default);

        (await LastUseAsync()).Should().Be(_node.Clock.Now());
    }

    [Test]
    public async Task Write_Fails_IsKeptForTheNext()
    {
        await UseAsync();
        await _node.Rows.ExecuteAsync("alter table api_key_use rename to gone");
        await FluentActions.Awaiting(() => _node.Uses.WriteAsync(default)).Should().ThrowAsync<Exception>();
        await _node.Rows.ExecuteAsync("alter table gone rename to api_key_use");

        await _node.Uses.WriteAsync(default);

        (await LastUseAsync()).Should().Be(_node.Clock.Now());
    }

    [Test]
    public async Task Note_WhileBatchesAreWritten_LosesNothing()
    {
        var start = _node.Clock.Now();
        var key = await _node.Rows.ScalarAsync<Guid>("select api_key_id from api_key");
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
                await _node.Uses.WriteAsync(default);
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var n = 0; n < 20_000; n++)
                _node.Uses.Note(key, start.AddMilliseconds((n * 4) + worker));
        })));
        await done.CancelAsync();
        await writing;
        await _node.Uses.WriteAsync(default);

        (await LastUseAsync()).Should().Be(start.AddMilliseconds(79_999));
    }

    [Test]
    public async Task Writer_Stopping_WritesOnceMore()
    {
        using var writer = new ApiKeyUseWriter(
            _node.Uses, Options.Create(new ApiKeysOptions()), _node.Clock, NullLogger<ApiKeyUseWriter>.Instance);
        await writer.StartAsync(default);
        await UseAsync();

        await writer.StopAsync(default);

        (await LastUseAsync()).Should().Be(_node.Clock.Now());
    }

    [Test]
    public async Task Writer_EveryInterval_WritesAndOutlivesAFailure()
    {
        using var logs = new TestLogs();
        using var loggers = new LoggerFactory([logs]);
        using var writer = new ApiKeyUseWriter(
            _node.Uses, Options.Create(new ApiKeysOptions { LastUseFlushSeconds = 5 }), _node.Clock,
            loggers.CreateLogger<ApiKeyUseWriter>());
        await writer.StartAsync(default);
        await _node.Rows.ExecuteAsync("alter table api_key_use rename to gone");
        await UseAsync();
        _node.Clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => Task.FromResult(logs.Entries.Any(entry => entry.Level == LogLevel.Error)));
        await _node.Rows.ExecuteAsync("alter table gone rename to api_key_use");
        var used = _node.Clock.Now().AddSeconds(-5);

        await Eventually.TrueAsync(async () =>
        {
            _node.Clock.Advance(TimeSpan.FromSeconds(5));
            return await LastUseAsync() == used;
        });
        await writer.StopAsync(default);
    }

    private async Task UseAsync() => await _node.Directory.FindAsync(_key.Secret, default);

    private async Task<DateTimeOffset?> LastUseAsync() => (await _node.Keys.ListAsync(_tenant.Id, default)).Single().LastUsedAt;
}
