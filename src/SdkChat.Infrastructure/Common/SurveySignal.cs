namespace SdkChat.Infrastructure.Common;

/// <summary>
/// Wakes this node's responder when there is a survey request: at once by a notification, or within a second by the poll that every node
/// makes (<see cref="Tenants.DirectoryPoller"/>).
/// </summary>
internal sealed class SurveySignal
{
    private readonly AsyncSignal _signal = new();

    private long _newest;

    public void Set() => _signal.Set();

    /// <summary>Reports the newest survey request; 0 for none.</summary>
    public void Newest(long request)
    {
        if (Interlocked.Exchange(ref _newest, request) != request && request != 0)
            Set();
    }

    public ValueTask WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);
}
