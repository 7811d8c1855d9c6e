namespace SdkChat.Application.Live;

/// <summary>Why a stream ended: in every log line and metric of its end.</summary>
public enum StreamEndReason
{
    /// <summary>The reader hung up.</summary>
    ClientGone,

    /// <summary>More waited for the reader than its queue holds.</summary>
    TooSlow,

    /// <summary>The token would no longer be accepted.</summary>
    TokenExpired,

    /// <summary>The tenant was disabled or removed.</summary>
    TenantDisabled,

    /// <summary>It was open as long as a stream may be; the reader comes back, perhaps to another node.</summary>
    MaxAge,

    /// <summary>The node stops.</summary>
    Shutdown,

    /// <summary>The node was away from the events for so long that some may be gone. The reader must read history.</summary>
    Lagged,

    /// <summary>Writing failed in a way that nobody foresaw.</summary>
    Failed,
}
