namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// How long the standby is not used after reads failed on it: a second, and twice as long each time up to half a minute, until a read
/// succeeds. A server that answers the monitor may not answer reads, and each try costs some reads their time limit. Not thread-safe,
/// except for <see cref="HasFailures"/>.
/// </summary>
internal sealed class StandbyPause(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private volatile bool _hasFailures;
    private TimeSpan _length;
    private long _began;

    /// <summary>Whether reads have failed since the last one that succeeded.</summary>
    public bool HasFailures => _hasFailures;

    public bool IsOver => !_hasFailures || clock.GetElapsedTime(_began) >= _length;

    public void Begin()
    {
        _length = !_hasFailures ? First : _length * 2 < Longest ? _length * 2 : Longest;
        _began = clock.GetTimestamp();
        _hasFailures = true;
    }

    public void Reset() => _hasFailures = false;
}
