using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Locks and waits of schema migrations (section <c>Migrations</c>). A statement of a migration has no time limit.</summary>
public sealed record MigrationOptions
{
    public const string Section = "Migrations";

    /// <summary>
    /// Milliseconds for which a migration waits for a table lock before it rolls back and retries. Requests that use the table wait for at
    /// most that time.
    /// </summary>
    [Range(10, 60_000)]
    public int LockTimeoutMilliseconds { get; init; } = 500;

    /// <summary>Seconds between two attempts to get a lock, on a table or among migrations.</summary>
    [Range(0.01, 60)]
    public double RetrySeconds { get; init; } = 1;

    /// <summary>
    /// Seconds for which <c>migrate</c> or a start waits for another migration or a table lock. Then it fails and names the session that
    /// holds the lock.
    /// </summary>
    [Range(1, 86_400)]
    public int WaitSeconds { get; init; } = 300;

    internal TimeSpan Retry => TimeSpan.FromSeconds(RetrySeconds);

    internal TimeSpan Wait => TimeSpan.FromSeconds(WaitSeconds);
}
