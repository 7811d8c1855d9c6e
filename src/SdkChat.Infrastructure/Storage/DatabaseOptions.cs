using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// How the service uses its PostgreSQL (section <c>Database</c>). A value that the connection string names itself wins
/// over the one here.
/// </summary>
public sealed record DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>
    /// Connections that a node's requests hold at most; the feed has six more. A request that finds none free for the connect time-out answers 503. Three
    /// nodes with the default fit into PostgreSQL's default of 100 connections; a node logs a warning where all nodes together do not fit.
    /// </summary>
    [Range(1, 1000)]
    public int MaxPoolSize { get; init; } = 24;

    /// <summary>Seconds to wait for a connection, new or from the pool.</summary>
    [Range(1, 60)]
    public int ConnectTimeoutSeconds { get; init; } = 3;

    /// <summary>Seconds of silence after which a connection is kept alive, so that no firewall or balancer forgets it.</summary>
    [Range(1, 3600)]
    public int KeepAliveSeconds { get; init; } = 10;

    /// <summary>Seconds one statement may take.</summary>
    [Range(1, 600)]
    public int CommandTimeoutSeconds { get; init; } = 10;

    /// <summary>How long the database may be away before the node says that it is not ready.</summary>
    [Range(1, 3600)]
    public int ReadyGraceSeconds { get; init; } = 30;
}
