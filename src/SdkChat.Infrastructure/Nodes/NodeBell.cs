using SdkChat.Infrastructure.Live;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>
/// Wakes this node when the others have a question: a notification does so at once; where none is heard, the poll that every
/// node makes each second (<see cref="Tenants.DirectoryPoller"/>) finds it.
/// </summary>
internal sealed class NodeBell
{
    private readonly WakeUp _bell = new();

    private long _newest;

    public void Set() => _bell.Set();

    /// <summary>Tells which inquiry is the newest there is; 0 for none.</summary>
    public void Newest(long inquiry)
    {
        if (Interlocked.Exchange(ref _newest, inquiry) != inquiry && inquiry != 0)
            Set();
    }

    public ValueTask WaitAsync(CancellationToken cancellationToken) => _bell.WaitAsync(cancellationToken);
}
