using System.Text.RegularExpressions;

namespace SdkChat.Api.Hosting;

/// <summary>Proxies in front of the service (section <c>Proxies</c>).</summary>
public sealed partial record ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>
    /// Addresses or CIDR ranges (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> headers are
    /// accepted. Default: none.
    /// </summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];

    /// <summary>
    /// Path below which proxies serve the service, such as <c>/chat</c>; all addresses that the service writes begin with it. Requests may
    /// arrive with or without it. Default: none.
    /// </summary>
    public string PathBase { get; init; } = "";

    internal static bool IsPathBase(string text) => text.Length == 0 || PathBases().IsMatch(text);

    /// <summary>Characters that need no encoding, and no segment of dots alone.</summary>
    [GeneratedRegex(@"^(/(?!\.+(/|\z))[A-Za-z0-9._~-]+)+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathBases();
}
