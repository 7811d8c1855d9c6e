namespace SdkChat.Application.Live;

/// <summary>Why a stream ended. Each is a value of the metric label <c>reason</c> and of the log field.</summary>
public enum StreamEndReason
{
    /// <summary>The client closed the connection.</summary>
    ClientGone,

    /// <summary>The client acknowledged nothing from one ping to the next: its network or its machine is down.</summary>
    Unresponsive,

    /// <summary>The client reconnected while this stream took no data, and the tenant or the node was at its limit of streams.</summary>
    Replaced,

    /// <summary>The client reads too slowly, and the stream's queue is full.</summary>
    TooSlow,

    /// <summary>The credential with which the stream was opened is no longer accepted.</summary>
    TokenExpired,

    /// <summary>The issuer no longer publishes the key that signed the token with which the stream was opened.</summary>
    KeyWithdrawn,

    /// <summary>The tenant was disabled or no longer exists.</summary>
    TenantDisabled,

    /// <summary>The user who opened it was blocked.</summary>
    Blocked,

    /// <summary>The stream reached its maximum age.</summary>
    MaxAge,

    /// <summary>A super admin ended it.</summary>
    Disconnected,

    /// <summary>The node is stopping.</summary>
    Shutdown,

    /// <summary>The node had no contact with the database for so long that it may have missed events.</summary>
    FeedLost,

    /// <summary>Events after the node's position in the feed have been purged: it has missed events.</summary>
    Lagged,

    /// <summary>
    /// The database was replaced by another one (a restored dump) or by an older copy. Events committed in between are not known.
    /// </summary>
    FeedReset,

    /// <summary>An event of the tenant could not be sent to the streams of this node.</summary>
    DispatchFailed,

    /// <summary>
    /// The tenant could not be read from the database when the stream was opened. The stream sent <c>retry</c> and no event.
    /// </summary>
    Unavailable,

    /// <summary>An error in this service.</summary>
    Failed,
}
