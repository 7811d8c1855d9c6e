using System.Threading.Channels;

namespace SdkChat.Infrastructure.Common;

/// <summary>An auto-reset event for one waiter: any number of calls of <see cref="Set"/> before a wait end one wait.</summary>
internal sealed class AsyncSignal
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Whether the next wait ends at once.</summary>
    public bool IsSet => _set.Reader.Count > 0;

    /// <summary>Returns at once. Thread-safe.</summary>
    public void Set() => _set.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await _set.Reader.ReadAsync(cancellationToken);
}
