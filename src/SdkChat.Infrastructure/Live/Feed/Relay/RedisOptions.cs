using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// The relay through Redis, used with <c>Backplane=redis</c> (section <c>Redis</c>). The address is <c>ConnectionStrings__Redis</c>.
/// </summary>
public sealed record RedisOptions
{
    public const string Section = "Redis";

    /// <summary>The name of Redis' connection string (<c>ConnectionStrings__Redis</c>), as StackExchange.Redis writes them.</summary>
    public const string ConnectionStringName = "Redis";

    /// <summary>Prefix of the channel names. Deployments that share a Redis need different prefixes.</summary>
    [Required(AllowEmptyStrings = false)]
    public string ChannelPrefix { get; init; } = "sdkchat";

    /// <summary>
    /// Milliseconds without a message from the relay after which a node reads the database itself. The relay sends at least four messages
    /// in that time. At most half of <c>Live:FeedGraceSeconds</c>.
    /// </summary>
    [Range(200, 60_000)]
    public int SilenceMilliseconds { get; init; } = 2000;

    internal TimeSpan Silence => TimeSpan.FromMilliseconds(SilenceMilliseconds);
}
