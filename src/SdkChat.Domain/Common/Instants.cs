namespace SdkChat.Domain.Common;

/// <summary>Instants are UTC and kept to the millisecond, in storage and on the wire (contract, section 2).</summary>
public static class Instants
{
    /// <summary>The current instant of <paramref name="clock"/>, cut to the millisecond.</summary>
    public static DateTimeOffset Now(this TimeProvider clock) => clock.GetUtcNow().ToMilliseconds();

    /// <summary>The instant in UTC, cut (not rounded) to the millisecond.</summary>
    public static DateTimeOffset ToMilliseconds(this DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
