using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Connections to PostgreSQL (section <c>Database</c>). A value in the connection string takes precedence.</summary>
public sealed record DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>
    /// Maximum number of connections for requests on one node; the change feed has up to six more. A request that gets none within the
    /// connect timeout is answered with 503. Three nodes with the default fit into PostgreSQL's default of 100 connections. A node logs a
    /// warning if all nodes together do not fit.
    /// </summary>
    [Range(1, 1000)]
    public int MaxPoolSize { get; init; } = 24;

    /// <summary>Seconds to wait for a connection, new or from the pool.</summary>
    [Range(1, 60)]
    public int ConnectTimeoutSeconds { get; init; } = 3;

    /// <summary>
    /// Idle seconds after which the kernel sends keep-alive packets on a connection. Set it below the idle timeout of firewalls and load
    /// balancers.
    /// </summary>
    [Range(1, 3600)]
    public int KeepAliveSeconds { get; init; } = 10;

    /// <summary>Time limit of one statement in seconds.</summary>
    [Range(1, 600)]
    public int CommandTimeoutSeconds { get; init; } = 10;

    /// <summary>Seconds without the database after which the node is not ready.</summary>
    [Range(1, 3600)]
    public int ReadyGraceSeconds { get; init; } = 30;

    /// <summary>
    /// Seconds for which the standby of <c>ConnectionStrings:HistoryStandby</c> may lack commits. Beyond, history reads use the primary.
    /// </summary>
    [Range(1, 30)]
    public int StandbyMaxLagSeconds { get; init; } = 2;
}
