namespace SdkChat.TestSupport;

/// <summary>
/// The machine's clock, wrong by a constant. Timers and stop-watches are right, as on a machine whose clock was set wrong.
/// </summary>
public sealed class OffsetClock(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
