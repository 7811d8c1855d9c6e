using System.Threading.Channels;
using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live;

/// <summary>
/// Signals that coalesce: however often it is raised before somebody looks, one look is enough. One side wakes this node's
/// reader, the other the notifier that tells the other nodes.
/// </summary>
internal sealed class EventSignal : IEventSignal
{
    private readonly Channel<byte> _read = Flag();
    private readonly Channel<byte> _notify = Flag();

    public void EventsCommitted()
    {
        _read.Writer.TryWrite(0);
        _notify.Writer.TryWrite(0);
    }

    /// <summary>Another node has committed events.</summary>
    public void EventsElsewhere() => _read.Writer.TryWrite(0);

    /// <summary>Waits until there may be something to read, or for as long as <paramref name="atMost"/>.</summary>
    public async Task WaitToReadAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _read.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The poll's turn.
        }
    }

    /// <summary>Waits until this node has committed something.</summary>
    public async Task WaitToNotifyAsync(CancellationToken cancellationToken) => await _notify.Reader.ReadAsync(cancellationToken);

    private static Channel<byte> Flag() =>
        Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
}
