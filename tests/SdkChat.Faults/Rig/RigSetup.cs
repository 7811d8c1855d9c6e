namespace SdkChat.Faults.Rig;

/// <summary>What stands between the nodes and their servers.</summary>
internal enum RigSetup
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>A synchronous streaming standby beside the database, and both hosts in the nodes' connection string.</summary>
    Standby,

    /// <summary>PgBouncer, one session for each connection.</summary>
    Pooler,

    /// <summary>A proxy that can delay each packet.</summary>
    Delay,

    /// <summary>A small disk under the database.</summary>
    SmallDisk,

    /// <summary>A Redis with a password and TLS alone.</summary>
    SecureRedis,
}
