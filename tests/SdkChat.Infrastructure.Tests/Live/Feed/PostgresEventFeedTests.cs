namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>The feed over PostgreSQL alone.</summary>
[TestFixture]
internal sealed class PostgresEventFeedTests : EventFeedContract
{
    protected override async Task<FeedNode> StartNodeAsync()
    {
        var node = await FeedNode.StartAsync(
            ConnectionString, ("Live:PollMilliseconds", "60000"), ("Live:DeafPollMilliseconds", "60000"));
        await node.HearsAsync();
        return node;
    }

    /// <summary>Between two commands, in the middle of one, while listening: whatever each is doing.</summary>
    protected override async Task InterruptAsync()
    {
        await using var killer = await EventTransaction.ConnectAsync(ConnectionString);
        await killer.ExecuteAsync(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name = 'sdkchat-feed'
            """);
    }
}
