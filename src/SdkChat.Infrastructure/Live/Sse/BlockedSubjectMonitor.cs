using Microsoft.Extensions.Logging;
using SdkChat.Application.Live;
using SdkChat.Application.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>Ends the streams of blocked users.</summary>
internal sealed class BlockedSubjectMonitor(SseHub hub, IBlockCache blocks, TimeProvider clock, ILogger<BlockedSubjectMonitor> logger)
    : DirectoryMonitor(clock, logger)
{
    protected override string Work => "Check of open streams for blocked users";

    internal override async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in hub.Streams())
        {
            if (stream.Subject is { } subject && await blocks.IsBlockedAsync(stream.Tenant, subject, cancellationToken))
                stream.End(StreamEndReason.Blocked);
        }
    }
}
