using System.Threading.Channels;
using SdkChat.Application.Pipelines;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>Any number of calls while nobody looks count as one.</summary>
internal sealed class RunSignal : IRunSignal
{
    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void RunsDue() => _due.Writer.TryWrite(true);

    /// <summary>One item each time there may be something to do. For one reader.</summary>
    public IAsyncEnumerable<bool> ReadAllAsync(CancellationToken cancellationToken) => _due.Reader.ReadAllAsync(cancellationToken);
}
