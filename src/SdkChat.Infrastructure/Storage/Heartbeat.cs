namespace SdkChat.Infrastructure.Storage;

/// <summary>Records when the database last answered this node. <see cref="Tenants.DirectoryPoller"/> does so once a second.</summary>
internal sealed class Heartbeat(TimeProvider clock)
{
    private long _lastProgress = clock.GetTimestamp();

    /// <summary>The time since the database last answered; less than a poll's interval while it is available.</summary>
    public TimeSpan Silence => clock.GetElapsedTime(Volatile.Read(ref _lastProgress));

    public void RecordProgress() => Volatile.Write(ref _lastProgress, clock.GetTimestamp());
}
