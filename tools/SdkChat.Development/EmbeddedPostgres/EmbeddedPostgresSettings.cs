namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>How an embedded server is to run.</summary>
public sealed record EmbeddedPostgresSettings
{
    /// <summary>Where its files live; made when it is not there. One server a folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Connections it takes at most.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Whether a commit survives the machine's crash. Tests, whose data nobody misses, are faster without.</summary>
    public bool Durable { get; init; } = true;
}
