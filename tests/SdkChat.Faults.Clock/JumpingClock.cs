using System.Globalization;

namespace SdkChat.Faults.Clock;

/// <summary>The machine's clock, as many seconds ahead or behind as a file says at this moment.</summary>
public sealed class JumpingClock(string file) : TimeProvider
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private TimeSpan _ahead;
    private long _read;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            if (_read == 0 || GetElapsedTime(_read) > Freshness)
                (_ahead, _read) = (
                    TimeSpan.FromSeconds(double.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture)), GetTimestamp());
            return base.GetUtcNow() + _ahead;
        }
    }
}
