using SdkChat.Bench.Backplane;
using SdkChat.TestSupport;

namespace SdkChat.Bench.Tests;

public sealed class ReadingNodesTests
{
    [Test]
    public async Task WriteAsync_TwoNodes_WaitsUntilBothHaveEveryEvent()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var nodes = await ReadingNodes.StartAsync(database.OwnerConnectionString, redis: null, count: 2, default);

        var events = await nodes.WriteAsync(perSecond: 100, TimeSpan.FromSeconds(0.1), default).WaitAsync(Deadlines.Soon);

        events.Should().Be(10);
    }
}
