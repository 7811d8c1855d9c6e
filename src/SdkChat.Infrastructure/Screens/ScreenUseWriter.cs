using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Tenants;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Screens;

/// <summary>
/// Writes the last uses of screens at the interval of those of keys. Uses since the last write are lost when a node stops: a wall calls
/// another node within ten seconds.
/// </summary>
internal sealed class ScreenUseWriter(
    ScreenUses uses, IOptions<ApiKeysOptions> options, TimeProvider clock, ILogger<ScreenUseWriter> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(options.Value.LastUseFlushSeconds), clock, logger)
{
    protected override string Work => "Write of the screens' last uses";

    protected override Task RunAsync(CancellationToken cancellationToken) => uses.WriteAsync(cancellationToken);
}
