using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Api.Live;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>A signing key that its issuer publishes no longer takes the streams with it that it opened.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class WithdrawnKeyTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly Rows _rows = new(SharedApi.ConnectionString);
    private readonly PublishedKey _old = PublishedKey.Ec("old");
    private readonly PublishedKey _next = PublishedKey.Ec("next");

    private string _file = null!;
    private TestApi _api = null!;
    private Guid _tenant;

    [SetUp]
    public async Task StartAsync()
    {
        _file = Path.GetTempFileName();
        await WriteAsync(_old, _next);
        _tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");
        var settings = new Dictionary<string, string?>
        {
            ["Authentication:Tenant:JwksFile"] = _file, ["Live:FeedGraceSeconds"] = "599", ["Live:PingSeconds"] = "300",
        };
        _api = await TestApi.StartAsync(SharedApi.ConnectionString, settings, services => services.AddSingleton<TimeProvider>(_clock));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        File.Delete(_file);
    }

    [Test]
    public async Task Key_ThatIsWithdrawn_EndsItsStreamsWithinAMinuteAndNoOthers()
    {
        using var old = await OpenAsync(_old.Token(Claims()));
        using var next = await OpenAsync(_next.Token(Claims()));
        using var secret = await OpenAsync(TestTokens.Hs256(Claims(), TestTokens.TenantSecret));
        WithdrawnKeyMonitor.Interval.Should().BeLessThan(TimeSpan.FromMinutes(1));

        await WriteAsync(_next);
        await PassAsync(() => _api.Ended(_tenant, "key_withdrawn") == 1);

        var started = _clock.GetTimestamp();
        (await old.ToEndAsync()).Should().BeTrue();
        await PassAsync(() => _clock.GetElapsedTime(started) > WithdrawnKeyMonitor.Interval * 3);
        _api.Ended(_tenant, "key_withdrawn").Should().Be(1);
        await NotAcceptedAsync(_old.Token(Claims()));
    }

    [TestCase("")]
    [TestCase("<html>")]
    public async Task Document_ThatCannotBeRead_EndsNoStream(string text)
    {
        using var stream = await OpenAsync(_old.Token(Claims()));
        var started = _clock.GetTimestamp();

        await File.WriteAllTextAsync(_file, text);
        await PassAsync(() => _clock.GetElapsedTime(started) > WithdrawnKeyMonitor.Interval * 3);

        _api.Ended(_tenant, "key_withdrawn").Should().Be(0);
    }

    [Test]
    public async Task Document_WithoutAnyKey_EndsAllStreamsOfKeys()
    {
        using var stream = await OpenAsync(_old.Token(Claims()));

        await File.WriteAllTextAsync(_file, """{"keys":[]}""");

        await PassAsync(() => _api.Ended(_tenant, "key_withdrawn") == 1);
    }

    /// <summary>Lets time pass in small steps, so that everything that goes by it keeps up.</summary>
    private Task PassAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        return Task.FromResult(condition());
    });

    private async Task NotAcceptedAsync(string token)
    {
        using var refused = await StreamSocket.OpenAsync(_api.BaseAddress, token);
        (await refused.UntilAsync("\r\n\r\n")).Should().StartWith("HTTP/1.1 401 ");
    }

    private Task<StreamSocket> OpenAsync(string token) => StreamSocket.ReadyAsync(_api.BaseAddress, token);

    private Task WriteAsync(params PublishedKey[] keys) => File.WriteAllTextAsync(_file, PublishedKey.Document(keys));

    private Dictionary<string, object?> Claims() => TestTokens.TenantClaims(_tenant, _clock.GetUtcNow());
}
