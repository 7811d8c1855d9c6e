namespace SdkChat.Domain.Common;

/// <summary>Converts instants to UTC with millisecond precision, as they are stored and sent (contract, section 2).</summary>
public static class Instants
{
    /// <summary>The current instant of <paramref name="clock"/>, truncated to the millisecond.</summary>
    public static DateTimeOffset Now(this TimeProvider clock) => clock.GetUtcNow().ToMilliseconds();

    /// <summary>The instant in UTC, truncated (not rounded) to the millisecond.</summary>
    public static DateTimeOffset ToMilliseconds(this DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
