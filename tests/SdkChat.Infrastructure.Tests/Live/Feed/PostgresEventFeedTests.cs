namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>The feed over PostgreSQL alone.</summary>
[TestFixture]
internal sealed class PostgresEventFeedTests : EventFeedContract
{
    protected override async Task<FeedNode> StartNodeAsync()
    {
        var node = await FeedNode.StartAsync(
            ConnectionString, ("Live:PollMilliseconds", "60000"), ("Live:FallbackPollMilliseconds", "60000"));
        await node.HearsAsync();
        return node;
    }

    protected override Task InterruptAsync() => CutDatabaseAsync();
}
