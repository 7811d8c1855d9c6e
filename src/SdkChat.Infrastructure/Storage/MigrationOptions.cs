using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Storage;

/// <summary>How the schema is brought to this build's (section <c>Migrations</c>). A statement of a migration has no time limit.</summary>
public sealed record MigrationOptions
{
    public const string Section = "Migrations";

    /// <summary>
    /// Milliseconds a migration waits for a lock on a table before it rolls back, pauses and tries again. Requests that need the table
    /// queue behind it for as long at the most.
    /// </summary>
    [Range(10, 60_000)]
    public int LockTimeoutMilliseconds { get; init; } = 500;

    /// <summary>Seconds between two attempts to get a lock, on a table or among migrations.</summary>
    [Range(0.01, 60)]
    public double RetrySeconds { get; init; } = 1;

    /// <summary>Seconds a start or <c>migrate</c> waits for another migration, or for a lock on a table, before it gives up and names the holder.</summary>
    [Range(1, 86_400)]
    public int WaitSeconds { get; init; } = 300;

    internal TimeSpan Retry => TimeSpan.FromSeconds(RetrySeconds);

    internal TimeSpan Wait => TimeSpan.FromSeconds(WaitSeconds);
}
