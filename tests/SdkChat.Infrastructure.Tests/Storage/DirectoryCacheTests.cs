using Microsoft.Extensions.Time.Testing;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tests.Storage;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DirectoryCacheTests
{
    private readonly DirectoryCache<string, string> _cache = new(new Heartbeat(new FakeTimeProvider()));

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
}
