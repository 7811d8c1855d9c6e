using System.ComponentModel.DataAnnotations;

namespace SdkChat.Api.Hosting;

/// <summary>What the web server bears (section <c>Server</c>). What it refuses for these it refuses by itself, with an empty body or none.</summary>
public sealed record ServerOptions
{
    public const string Section = "Server";

    /// <summary>
    /// Connections at a time; one more is closed at once. Above <c>Live:MaxStreams</c>, so that a node full of streams still answers
    /// (a stream whose connection was handed over counts no longer).
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxConnections { get; init; } = 30_000;

    /// <summary>
    /// Connections at a time that have no request under way, those included whose request has not come yet. With one more the one that has rested longest is closed.
    /// At most half of the connections that the process may have open files for.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxIdleConnections { get; init; } = 10_000;

    /// <summary>Bytes of one request's headers together: a token and a few cookies are some kilobytes.</summary>
    [Range(1024, 1 << 20)]
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Headers of one request.</summary>
    [Range(10, 1000)]
    public int MaxHeaders { get; init; } = 100;

    /// <summary>How long a request's headers may take to come.</summary>
    [Range(1, 600)]
    public int HeaderSeconds { get; init; } = 15;

    /// <summary>How long a connection may rest between two requests. Longer than a proxy's, or it sends into a closing door.</summary>
    [Range(1, 3600)]
    public int KeepAliveSeconds { get; init; } = 130;

    /// <summary>Bytes a second that a request's body must bring, after five seconds of grace.</summary>
    [Range(1, 1 << 20)]
    public int MinBodyBytesPerSecond { get; init; } = 240;

    /// <summary>Requests that one HTTP/2 connection may have open, streams among them.</summary>
    [Range(1, 10_000)]
    public int MaxRequestsPerConnection { get; init; } = 100;
}
