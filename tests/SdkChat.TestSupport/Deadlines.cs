namespace SdkChat.TestSupport;

/// <summary>
/// How long tests wait for what must happen. There are no other deadlines in tests: a machine on which ten builds run beside them must not
/// reach one, and a condition that holds ends the wait at once, so a long deadline costs nothing but in a run that fails.
/// </summary>
public static class Deadlines
{
    /// <summary>What is due at once: an answer, an event, the end of a stream, a page that changes.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    /// <summary>What a program needs its time for: to start, to stop, to install packages.</summary>
    public static readonly TimeSpan Program = TimeSpan.FromMilliseconds(ProgramMilliseconds);

    /// <summary><see cref="Program"/>, where an attribute wants a number.</summary>
    public const int ProgramMilliseconds = 300_000;

    /// <summary>
    /// What takes a second, and on a busy machine some, where .NET's host would wait thirty for a stream or for half a request, and that
    /// limit is the program's own.
    /// </summary>
    public static readonly TimeSpan BelowHostLimit = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Where a test proves that something ends by itself, and not by a limit that lies behind it, that limit is set to this: so far beyond
    /// <see cref="Soon"/> that nobody takes one for the other.
    /// </summary>
    public static readonly TimeSpan Never = TimeSpan.FromMinutes(10);
}
