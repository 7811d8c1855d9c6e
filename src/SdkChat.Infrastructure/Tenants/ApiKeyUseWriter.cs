using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>Writes the keys' last uses every few seconds, and once more when the node stops.</summary>
internal sealed class ApiKeyUseWriter(
    ApiKeyUses uses, IOptions<ApiKeysOptions> options, TimeProvider clock, ILogger<ApiKeyUseWriter> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(options.Value.LastUseFlushSeconds), clock, logger)
{
    /// <summary>An unavailable database must not delay the node's stop.</summary>
    private static readonly TimeSpan LastWriteLimit = TimeSpan.FromSeconds(1);

    protected override string Work => "Write of the keys' last uses";

    /// <summary>The web server has already stopped, so no use can follow.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWithinAsync(LastWriteLimit, Work, uses.WriteAsync, cancellationToken);
    }

    protected override Task RunAsync(CancellationToken cancellationToken) => uses.WriteAsync(cancellationToken);
}
