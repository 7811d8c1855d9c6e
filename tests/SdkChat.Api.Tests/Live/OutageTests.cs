using Npgsql;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>The database goes while streams are open.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class OutageTests
{
    private TestPostgres _postgres = null!;
    private Rows _rows = null!;
    private Guid _tenant;

    private string ConnectionString => _postgres.MigratedConnectionString;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _postgres = await TestPostgres.StartAsync();
        _rows = new Rows(ConnectionString);
    }

    [SetUp]
    public async Task AddTenantAsync() => _tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");

    [OneTimeTearDown]
    public async Task StopAsync() => await _postgres.DisposeAsync();

    [Test]
    public async Task Database_AwayForLessThanTheGrace_StreamsStayAndMissNothing()
    {
        await using var api = await TestApi.StartAsync(ConnectionString);
        await using var reader = await LiveReader.OpenAsync(api, _tenant);

        await _postgres.StopServerAsync();
        await Eventually.TrueAsync(() => Task.FromResult(
            api.Logs.Entries.Any(entry => entry.Text.StartsWith("The change feed cannot read", StringComparison.Ordinal))));
        await ReturnAsync();
        var chat = Guid.NewGuid();
        await _rows.EventAsync(_tenant, _tenant, chat, "chat_completed");

        (await reader.NextAsync()).Data.Should().Contain($"{chat}");
    }

    [Test]
    public async Task Database_AwayForLongerThanTheGrace_StreamsEndAndOpenAgainWhenItIsBack()
    {
        // Long enough for a busy machine: the stream that opens afterwards must not end because the feed is slow.
        await using var api = await TestApi.StartAsync(
            ConnectionString, new Dictionary<string, string?> { ["Live:FeedGraceSeconds"] = "15" });
        await using var reader = await LiveReader.OpenAsync(api, _tenant);

        await _postgres.StopServerAsync();
        (await reader.EndsAsync()).Should().BeTrue();
        await api.UntilEndedAsync(_tenant, "feed_lost");

        await ReturnAsync();
        await Eventually.TrueAsync(() => Task.FromResult(
            api.Logs.Entries.Any(entry => entry.Text.StartsWith("The change feed reads again", StringComparison.Ordinal))));
        await using var again = await LiveReader.OpenAsync(api, _tenant);
        await _rows.EventAsync(_tenant, _tenant, _tenant, "chat_completed");
        (await again.NextAsync()).EventType.Should().Be("chat_completed");
    }

    [Test]
    public async Task Events_PurgedBeforeTheyCouldBeRead_EndTheStreamsAsLagged()
    {
        await using var api = await TestApi.StartAsync(ConnectionString);
        await using var reader = await LiveReader.OpenAsync(api, _tenant);

        // What a purge does on another node whose readers are all further on. A reading may come between; seldom twice.
        await Eventually.TrueAsync(async () =>
        {
            await _rows.ExecuteAsync("select pg_current_xact_id()");
            await _rows.ExecuteAsync("update chat_event_horizon set purged = pg_current_snapshot()");
            return api.Logs.Entries.Any(
                entry => entry.Text.Contains("events were removed before this node read them", StringComparison.Ordinal));
        });

        (await reader.EndsAsync()).Should().BeTrue();
        await api.UntilEndedAsync(_tenant, "lagged");
    }

    private async Task ReturnAsync()
    {
        await _postgres.StartServerAsync();
        // The test's own connections; the service's must find out by themselves.
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
    }
}
