using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Live.Feed.Relay;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed.Relay;

/// <summary>What is logged of a Redis that cannot be used.</summary>
public sealed class RedisLinkTests
{
    [TestCase(",password=wrong", "AuthenticationFailure: correct user and password in ConnectionStrings__Redis")]
    [TestCase("", "AuthenticationFailure: correct user and password in ConnectionStrings__Redis")]
    public async Task Connect_WithAWrongPassword_IsLoggedAsSuch(string more, string reason)
    {
        if (!TestRedis.IsInstalled)
            Assert.Ignore("Redis is not installed.");
        await using var redis = await TestRedis.StartAsync();
        await redis.SendAsync("CONFIG SET requirepass right");

        (await ConnectAsync(redis.ConnectionString + more))
            .Should().ContainMatch($"Redis is unavailable (*: {reason}); this node reads the database until it is back*");
    }

    [Test]
    public async Task Connect_WhereNothingListens_IsLoggedAsUnableToConnect() =>
        (await ConnectAsync($"127.0.0.1:{Programs.FreePort()}")).Should().ContainMatch("Redis is unavailable (*: UnableToConnect); *");

    private static async Task<IEnumerable<string>> ConnectAsync(string connectionString)
    {
        using var logs = new TestLogs();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?> { ["ConnectionStrings:Redis"] = connectionString + ",connectTimeout=1000" }).Build();
        await using var link = new RedisLink(configuration, Options.Create(new RedisOptions()), factory.CreateLogger<RedisLink>());
        await link.SubscriberAsync(default);
        return [.. logs.Entries.Select(entry => entry.Text)];
    }
}
