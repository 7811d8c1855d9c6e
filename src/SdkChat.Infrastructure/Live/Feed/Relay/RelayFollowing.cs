using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>Whether this node uses the batches of another. After a silence it reads the database again.</summary>
internal sealed class RelayFollowing(IOptions<RedisOptions> options, TimeProvider clock)
{
    private long _last = long.MinValue;

    public bool IsFollowing =>
        Volatile.Read(ref _last) is not long.MinValue and var last && clock.GetElapsedTime(last) < options.Value.Silence;

    /// <summary>A relayed batch began at this node's position.</summary>
    public void Followed() => Volatile.Write(ref _last, clock.GetTimestamp());

    /// <summary>This node reads the database from now on.</summary>
    public void Stop() => Volatile.Write(ref _last, long.MinValue);
}
