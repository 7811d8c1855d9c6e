using System.Globalization;

namespace SdkChat.Infrastructure.Standby;

/// <summary>
/// Whether the standby replays the WAL of this primary. Positions of two clusters, or of two timelines after a failover, cannot be
/// compared.
/// </summary>
internal static class StandbyIdentity
{
    /// <returns>Null if the positions can be compared.</returns>
    public static string? GetRefusalReason(PrimaryRow primary, StandbyRow standby)
    {
        if (!standby.IsInRecovery)
            return "the server is not a standby";
        if (standby.Cluster != primary.Cluster)
            return "it is the standby of another cluster";
        return standby.Timeline == primary.Timeline
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"it is on timeline {standby.Timeline}, and the primary on {primary.Timeline}: after a failover it must follow the new "
                    + $"primary, and pass a checkpoint");
    }
}

/// <param name="Cluster">The system identifier, which a cluster shares with its standbys.</param>
internal sealed record PrimaryRow(long Position, int Timeline, long Cluster);

/// <inheritdoc cref="PrimaryRow"/>
/// <param name="Started">When the server was started: another one at the same address has another start.</param>
internal sealed record StandbyRow(bool IsInRecovery, long Position, int Timeline, long Cluster, double Started);
