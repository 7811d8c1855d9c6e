namespace SdkChat.Api.Hosting;

/// <summary>Proxies in front of the service (section <c>Proxies</c>).</summary>
public sealed record ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>
    /// Addresses or CIDR ranges (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> headers are
    /// accepted. Default: none.
    /// </summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];
}
