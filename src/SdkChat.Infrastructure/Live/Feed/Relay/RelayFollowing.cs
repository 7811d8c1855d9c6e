using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>Whether this node lives on another's readings. They stop counting after a silence.</summary>
internal sealed class RelayFollowing(IOptions<RedisOptions> options, TimeProvider clock)
{
    private long _last = long.MinValue;

    public bool IsFollowing => Volatile.Read(ref _last) is not long.MinValue and var last && clock.GetElapsedTime(last) < options.Value.Silence;

    /// <summary>A reading met this node's place.</summary>
    public void Followed() => Volatile.Write(ref _last, clock.GetTimestamp());

    /// <summary>From here on this node reads for itself.</summary>
    public void Stop() => Volatile.Write(ref _last, long.MinValue);
}
