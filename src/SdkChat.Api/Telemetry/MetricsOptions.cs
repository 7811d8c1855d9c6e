using System.ComponentModel.DataAnnotations;
using System.Net;

namespace SdkChat.Api.Telemetry;

/// <summary>The Prometheus endpoint <c>/metrics</c> on its own port (section <c>Metrics</c>).</summary>
public sealed record MetricsOptions
{
    public const string Section = "Metrics";

    private const int InProduction = 9464;

    /// <summary>
    /// Port of the metrics endpoint; 0 disables it. Unset: 9464 in Production, otherwise 0. If the port is in use, the service starts
    /// without metrics and logs a warning.
    /// </summary>
    [Range(0, IPEndPoint.MaxPort)]
    public int? Port { get; init; }

    /// <summary>Address on which the metrics endpoint listens. It asks for no credential.</summary>
    public string Address { get; init; } = "127.0.0.1";

    internal int EffectivePort(IHostEnvironment environment) => Port ?? (environment.IsProduction() ? InProduction : 0);
}
