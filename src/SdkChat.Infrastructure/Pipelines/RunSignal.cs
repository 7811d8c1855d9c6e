using SdkChat.Application.Pipelines;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>Wakes this node's run worker. Several calls before it waits count as one.</summary>
internal sealed class RunSignal : IRunSignal
{
    private readonly AsyncSignal _signal = new();

    public void RunsDue() => _signal.Set();

    public ValueTask WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);
}
