using System.Threading.RateLimiting;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>Limits per caller on one node (section <c>RateLimits</c>). The defaults are far above what a busy shop needs.</summary>
public sealed record RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Apply the rate limits. Disable them for load tests only.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>SDK calls about a profile, per key and profile: one shopper. Default: 20 per second, burst 100.</summary>
    public RateLimit Profile { get; init; } = new() { PerSecond = 20, Burst = 100 };

    /// <summary>SDK calls without a profile, per key: new shoppers of a tenant. Default: 200 per second, burst 1,000.</summary>
    public RateLimit Key { get; init; } = new() { PerSecond = 200, Burst = 1000 };

    /// <summary>
    /// All SDK calls of one key, over all profiles: a stolen key cannot use up a node. Default: 2,000 per second, burst 10,000.
    /// </summary>
    public RateLimit KeyTotal { get; init; } = new() { PerSecond = 2000, Burst = 10_000 };

    /// <summary>Calls of tenant admins and of the backoffice, per subject of the token. Default: 100 per second, burst 1,000.</summary>
    public RateLimit Admin { get; init; } = new() { PerSecond = 100, Burst = 1000 };

    /// <summary>
    /// Invalid credentials, per address. Beyond the limit they are answered with 429 instead of 401; valid credentials from the same
    /// address are not affected, but links of screens are. Default: 10 per second, burst 200.
    /// </summary>
    public RateLimit FailedAuthentication { get; init; } = new() { PerSecond = 10, Burst = 200 };
}

/// <summary>A token bucket: each call takes one token.</summary>
public sealed record RateLimit
{
    /// <summary>Sustained rate in calls per second; at least 1.</summary>
    public int PerSecond { get; init; }

    /// <summary>Maximum number of calls at once after a pause; at least 1.</summary>
    public int Burst { get; init; }

    internal TokenBucketRateLimiterOptions ToBucket() => new()
    {
        TokenLimit = Burst,
        TokensPerPeriod = PerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };

    internal bool IsValid => PerSecond is >= 1 and <= 1_000_000 && Burst is >= 1 and <= 1_000_000;
}
