namespace SdkChat.Api.Http.RateLimits;

/// <summary>
/// How much one caller may ask of one node (section <c>RateLimits</c>). Busy shops stay far below the defaults; programs that have
/// gone wild do not.
/// </summary>
public sealed record RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Whether there are limits at all. Load tests do without.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>SDK calls about a profile, by key and profile: one shopper, who polls once or twice a second. Default 20 a second, 100 at once.</summary>
    public RateLimit Profile { get; init; } = new() { PerSecond = 20, Burst = 100 };

    /// <summary>SDK calls about no profile yet, by key: all of a tenant's new shoppers. Default 200 a second, 1,000 at once.</summary>
    public RateLimit Key { get; init; } = new() { PerSecond = 200, Burst = 1000 };

    /// <summary>
    /// All SDK calls of one key, over all profiles and those about none: one stolen key may not take the whole node. Some two thousand shoppers
    /// who poll once a second stay below. Default 2,000 a second, 10,000 at once.
    /// </summary>
    public RateLimit KeyTotal { get; init; } = new() { PerSecond = 2000, Burst = 10_000 };

    /// <summary>Calls of tenant admins and of the backoffice, by the token's subject. Default 100 a second, 1,000 at once.</summary>
    public RateLimit Admin { get; init; } = new() { PerSecond = 100, Burst = 1000 };

    /// <summary>
    /// Credentials that were no good, by address. Beyond it they are answered with 429 instead of 401; good credentials from the
    /// same address, which may be a whole town's, are not touched. Default 10 a second, 200 at once.
    /// </summary>
    public RateLimit FailedAuthentication { get; init; } = new() { PerSecond = 10, Burst = 200 };
}

/// <summary>A bucket of tokens: each call takes one.</summary>
public sealed record RateLimit
{
    /// <summary>How many calls a second may go on for ever; at least 1.</summary>
    public int PerSecond { get; init; }

    /// <summary>How many may come at once after a pause; at least 1.</summary>
    public int Burst { get; init; }

    internal bool IsValid => PerSecond is >= 1 and <= 1_000_000 && Burst is >= 1 and <= 1_000_000;
}
