using System.Collections.Frozen;

namespace SdkChat.Api.Proxies;

/// <summary>Proxies in front of the service (section <c>Proxies</c>).</summary>
public sealed record ProxyOptions
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

    /// <summary>
    /// Whether the text is a path below which the service can be served: not one of its own, since requests may arrive without it.
    /// </summary>
    internal static bool IsPathBase(string text) =>
        text.Length == 0
        || (text[0] == '/' && text[1..].Split('/') is var segments && segments.All(IsSegment) && !OwnPaths.Contains(segments[0]));

    private static readonly FrozenSet<string> OwnPaths = new[] { "api", "console", "docs", "health", "openapi", "v1" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Characters that need no encoding, and not dots alone, which browsers resolve.</summary>
    private static bool IsSegment(string segment) =>
        segment.Any(character => character != '.')
        && segment.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~');
}
