using System.Threading.Channels;

namespace SdkChat.Infrastructure.Live;

/// <summary>A door bell for one: rung any number of times, it wakes once.</summary>
internal sealed class WakeUp
{
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _bell.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await _bell.Reader.ReadAsync(cancellationToken);
}
