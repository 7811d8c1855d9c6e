using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>The relay over Redis (section <c>Redis</c>), used with <c>Backplane=redis</c>. Where Redis is, <c>ConnectionStrings__Redis</c> says.</summary>
public sealed record RedisOptions
{
    public const string Section = "Redis";

    /// <summary>The name of Redis' connection string (<c>ConnectionStrings__Redis</c>), as StackExchange.Redis writes them.</summary>
    public const string ConnectionStringName = "Redis";

    /// <summary>What the names of this deployment's channels begin with. Deployments that share a Redis need different ones.</summary>
    [Required(AllowEmptyStrings = false)]
    public string ChannelPrefix { get; init; } = "sdkchat";

    /// <summary>After how long without a word from the relay a node reads the database for itself. The relay speaks four times as often.</summary>
    [Range(200, 60_000)]
    public int SilenceMilliseconds { get; init; } = 2000;

    internal TimeSpan Silence => TimeSpan.FromMilliseconds(SilenceMilliseconds);
}
