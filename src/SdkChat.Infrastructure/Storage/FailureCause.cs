namespace SdkChat.Infrastructure.Storage;

/// <summary>Why a database call failed; a label value of metrics, in snake_case.</summary>
internal enum FailureCause
{
    /// <summary>No connection, or it ended.</summary>
    Connection,

    /// <summary>No answer in time, or no connection free in time.</summary>
    Timeout,

    /// <summary>Rolled back in favour of another transaction.</summary>
    Conflict,

    /// <summary>The login or the session was refused.</summary>
    Refused,

    /// <summary>Too many connections, or out of memory.</summary>
    Resources,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>The disk reports errors.</summary>
    IoError,

    /// <summary>The server does not accept writes, as a standby.</summary>
    ReadOnly,
}
