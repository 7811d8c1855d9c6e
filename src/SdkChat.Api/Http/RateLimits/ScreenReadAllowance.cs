using System.Threading.RateLimiting;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>
/// A few reads a second of screens whose address is over its limit of invalid credentials, for the whole node: a screen that is not in the
/// cache gets in beside someone who guesses, and guesses cost few statements.
/// </summary>
internal sealed class ScreenReadAllowance : IDisposable
{
    private const int PerSecond = 5;

    private readonly TokenBucketRateLimiter _reads = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = PerSecond, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    });

    public bool TryAcquire()
    {
        using var lease = _reads.AttemptAcquire();
        return lease.IsAcquired;
    }

    public void Dispose() => _reads.Dispose();
}
