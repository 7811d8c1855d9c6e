using Microsoft.Extensions.Time.Testing;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tests.Storage;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DirectoryCacheTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly DirectoryCache<string, string> _cache;

    public DirectoryCacheTests() => _cache = new DirectoryCache<string, string>(new Heartbeat(_clock));

    [Test]
    public async Task Get_LoadThatAChangeOvertakes_IsNotRemembered()
    {
        var storage = new TaskCompletionSource<string?>();
        var loading = _cache.GetAsync("key", (_, _) => storage.Task, default);

        _cache.Clear();
        storage.SetResult("old");

        (await loading).Should().Be("old");
        (await _cache.GetAsync("key", (_, _) => Task.FromResult<string?>("new"), default)).Should().Be("new");
    }

    [Test]
    public async Task Get_Null_IsNotRemembered()
    {
        (await _cache.GetAsync("key", (_, _) => Task.FromResult<string?>(null), default)).Should().BeNull();

        (await _cache.GetAsync("key", (_, _) => Task.FromResult<string?>("there"), default)).Should().Be("there");
    }

    /// <summary>
    /// After the end of another node thousands of streams arrive while the poll is late. One statement each would exhaust the pool.
    /// </summary>
    [Test]
    public async Task Get_ManyAtOnceWhileThePollIsLate_ReadOnce()
    {
        (await _cache.GetAsync("key", (_, _) => Task.FromResult<string?>("known"), default)).Should().Be("known");
        _clock.Advance(TimeSpan.FromSeconds(4));
        var storage = new TaskCompletionSource<string?>();
        var reads = 0;
        Task<string?> ReadAsync(string key, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref reads);
            return storage.Task;
        }

        var waiting = Enumerable.Range(0, 1000).Select(_ => _cache.GetAsync("key", ReadAsync, default).AsTask()).ToArray();
        storage.SetResult("read");

        (await Task.WhenAll(waiting)).Should().AllBe("read");
        reads.Should().Be(1);
        (await _cache.GetAsync("key", (_, _) => Task.FromResult<string?>("later"), default)).Should().Be("later", "the poll is still late");
    }

    [Test]
    public async Task Get_OneCallerGivesUp_TheOthersGetTheRow()
    {
        var storage = new TaskCompletionSource<string?>();
        using var gone = new CancellationTokenSource();
        var first = _cache.GetAsync("key", (_, cancellationToken) => storage.Task.WaitAsync(cancellationToken), gone.Token).AsTask();
        var second = _cache.GetAsync("key", (_, _) => throw new InvalidOperationException("a second read"), default).AsTask();

        await gone.CancelAsync();
        storage.SetResult("row");

        await first.Invoking(call => call).Should().ThrowAsync<OperationCanceledException>();
        (await second).Should().Be("row");
    }

    [Test]
    public async Task Get_ReadFails_TheNextReadsAgain()
    {
        await _cache.Invoking(cache => cache.GetAsync("key", (_, _) => throw new InvalidOperationException("away"), default).AsTask())
            .Should().ThrowAsync<InvalidOperationException>();

        (await _cache.GetAsync("key", (_, _) => Task.FromResult<string?>("back"), default)).Should().Be("back");
    }

    [Test]
    public async Task Get_AfterAChangeDuringARead_DoesNotShareThatRead()
    {
        var old = new TaskCompletionSource<string?>();
        var before = _cache.GetAsync("key", (_, _) => old.Task, default).AsTask();

        _cache.Clear();
        var after = await _cache.GetAsync("key", (_, _) => Task.FromResult<string?>("new"), default);
        old.SetResult("old");

        after.Should().Be("new");
        (await before).Should().Be("old");
    }
}
