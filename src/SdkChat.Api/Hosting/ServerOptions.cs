using System.ComponentModel.DataAnnotations;

namespace SdkChat.Api.Hosting;

/// <summary>Limits of the web server (section <c>Server</c>). It refuses requests beyond them itself, with an empty body or none.</summary>
public sealed record ServerOptions
{
    public const string Section = "Server";

    /// <summary>
    /// Maximum number of connections; one more is closed at once. Must exceed <c>Live:MaxStreams</c>, so that a node full of streams still
    /// answers requests. Detached streams do not count.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxConnections { get; init; } = 30_000;

    /// <summary>
    /// Maximum number of connections without a request in progress, including those whose first request has not arrived. One more closes
    /// the connection that has been idle longest, unless a request is just arriving on it;
    /// while requests arrive faster than they are read, there may be more, up to <c>MaxConnections</c>. At most half of the process's file
    /// limit.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxIdleConnections { get; init; } = 10_000;

    /// <summary>Maximum size of all headers of one request in bytes.</summary>
    [Range(1024, 1 << 20)]
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Maximum number of headers of one request.</summary>
    [Range(10, 1000)]
    public int MaxHeaders { get; init; } = 100;

    /// <summary>Seconds within which the headers of a request must arrive.</summary>
    [Range(1, 600)]
    public int HeaderSeconds { get; init; } = 15;

    /// <summary>
    /// Keep-alive timeout in seconds. Must exceed the proxy's idle timeout for upstream connections, or the proxy may write to a connection
    /// that is closing.
    /// </summary>
    [Range(1, 3600)]
    public int KeepAliveSeconds { get; init; } = 130;

    /// <summary>Minimum rate of a request body in bytes per second, after a grace period of five seconds.</summary>
    [Range(1, 1 << 20)]
    public int MinBodyBytesPerSecond { get; init; } = 240;

    /// <summary>Maximum number of concurrent requests, streams included, on one HTTP/2 connection.</summary>
    [Range(1, 10_000)]
    public int MaxRequestsPerConnection { get; init; } = 100;
}
