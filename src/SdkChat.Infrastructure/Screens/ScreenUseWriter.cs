using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Tenants;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Screens;

/// <summary>
/// Writes the screens' last uses as often as those of keys. A wall calls every ten seconds, so the last seconds before a node stops are not
/// written: the next call, to another node, is.
/// </summary>
internal sealed class ScreenUseWriter(ScreenUses uses, IOptions<ApiKeysOptions> options, TimeProvider clock, ILogger<ScreenUseWriter> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(options.Value.LastUseFlushSeconds), clock, logger)
{
    protected override string Work => "Write of the screens' last uses";

    protected override Task RunAsync(CancellationToken cancellationToken) => uses.WriteAsync(cancellationToken);
}
