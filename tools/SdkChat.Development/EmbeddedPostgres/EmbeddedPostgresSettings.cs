namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>The settings of an embedded server.</summary>
public sealed record EmbeddedPostgresSettings
{
    /// <summary>The folder for its files; created if it does not exist. One server per folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The maximum number of connections.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>
    /// The data folder of a cluster that was shut down, which a new one is a copy of, with its password; null to create an empty one.
    /// </summary>
    public string? Template { get; init; }

    /// <summary>Whether a commit survives a crash of the machine. Tests, whose data is disposable, are faster without.</summary>
    public bool Durable { get; init; } = true;
}
