namespace SdkChat.Application.Live;

/// <summary>Why a stream ended. Each is a value of the metric's <c>reason</c>, and a word in the log.</summary>
public enum StreamEndReason
{
    /// <summary>The reader hung up.</summary>
    ClientGone,

    /// <summary>The reader's machine acknowledged nothing of what was sent from one ping to the next: its network or its power is gone.</summary>
    Unresponsive,

    /// <summary>The reader came back on another connection, at the limit of the tenant or of the node, while this one took nothing.</summary>
    Replaced,

    /// <summary>The reader took less than it was sent, and its queue is full.</summary>
    TooSlow,

    /// <summary>The credential with which it was opened would now be refused.</summary>
    TokenExpired,

    /// <summary>The issuer publishes the key no longer that signed the token with which it was opened.</summary>
    KeyWithdrawn,

    /// <summary>The tenant was disabled, or is no more.</summary>
    TenantDisabled,

    /// <summary>The user who opened it was blocked.</summary>
    Blocked,

    /// <summary>It has been open for as long as a stream may be.</summary>
    MaxAge,

    /// <summary>Somebody in the backoffice ended it.</summary>
    Disconnected,

    /// <summary>The node stops.</summary>
    Shutdown,

    /// <summary>The node has not heard from the database for so long that it may be missing events.</summary>
    FeedLost,

    /// <summary>The node's place in the feed has been purged: it has missed events.</summary>
    Lagged,

    /// <summary>The database was replaced by another one (a restored dump), or by an older copy: what was committed between is not known.</summary>
    FeedReset,

    /// <summary>An event of the tenant could not be sent to this node's streams.</summary>
    DispatchFailed,

    /// <summary>The tenant could not be read from the database when the stream was opened: it carried <c>retry</c> and no event.</summary>
    Unavailable,

    /// <summary>A fault of ours.</summary>
    Failed,
}
