using System.ComponentModel.DataAnnotations;
using System.Net;

namespace SdkChat.Api.Telemetry;

/// <summary>Where Prometheus finds this node's metrics (section <c>Metrics</c>): <c>/metrics</c> on a port of its own, never on the service's.</summary>
public sealed record MetricsOptions
{
    public const string Section = "Metrics";

    private const int InProduction = 9464;

    /// <summary>The port; 0 for none. Unset: 9464 in Production, none elsewhere. One that is taken costs the metrics, not the service.</summary>
    [Range(0, IPEndPoint.MaxPort)]
    public int? Port { get; init; }

    /// <summary>The address to listen on. Whoever reaches it can read the metrics, without a credential.</summary>
    public string Address { get; init; } = "127.0.0.1";

    internal int EffectivePort(IHostEnvironment environment) => Port ?? (environment.IsProduction() ? InProduction : 0);
}
