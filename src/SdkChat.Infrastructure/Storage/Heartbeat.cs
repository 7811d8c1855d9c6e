namespace SdkChat.Infrastructure.Storage;

/// <summary>When this node last heard from its database. <see cref="Tenants.DirectoryPoller"/> beats once a second.</summary>
internal sealed class Heartbeat(TimeProvider clock)
{
    private long _lastBeat = clock.GetTimestamp();

    /// <summary>How long the database has been away; under a poll's interval when it is not.</summary>
    public TimeSpan Silence => clock.GetElapsedTime(Volatile.Read(ref _lastBeat));

    public void Beat() => Volatile.Write(ref _lastBeat, clock.GetTimestamp());
}
