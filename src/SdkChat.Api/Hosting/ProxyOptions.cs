namespace SdkChat.Api.Hosting;

/// <summary>Who may say for whom a request was made (section <c>Proxies</c>).</summary>
public sealed record ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>
    /// Addresses or CIDR ranges (<c>10.0.0.0/8</c>) whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed.
    /// Default: nobody's.
    /// </summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];
}
