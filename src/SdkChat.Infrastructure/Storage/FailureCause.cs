namespace SdkChat.Infrastructure.Storage;

/// <summary>Why the database did not do what it was asked; a label of metrics, in snake_case.</summary>
internal enum FailureCause
{
    /// <summary>No connection, or one that ended.</summary>
    Connection,

    /// <summary>No answer in time, or no connection free in time.</summary>
    Timeout,

    /// <summary>It gave way to another transaction.</summary>
    Conflict,

    /// <summary>The login, or the session, is refused.</summary>
    Refused,

    /// <summary>Too many connections, or no memory.</summary>
    Resources,

    /// <summary>No space for what is written.</summary>
    DiskFull,

    /// <summary>The disk fails.</summary>
    IoError,

    /// <summary>It does not take writes, as a standby.</summary>
    ReadOnly,
}
