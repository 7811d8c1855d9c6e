using Dapper;
using Npgsql;
using SdkChat.Faults.Rig;

namespace SdkChat.Faults;

/// <summary>What happens to the database, its host and the way there.</summary>
internal static class DatabaseFaults
{
    private static readonly TimeSpan SlowWay = TimeSpan.FromMilliseconds(200);

    public static Task FailOverAsync(FaultRig rig, double factor) => rig.Database.FailOverAsync(Seconds(4 * factor));

    public static async Task KillPoolerAsync(FaultRig rig, double factor)
    {
        for (var i = 0; i < 2; i++)
        {
            await rig.Pooler!.KillAsync();
            await Task.Delay(Seconds(4 * factor));
            await rig.Pooler.StartAsync();
            await Task.Delay(Seconds(4 * factor));
        }
    }

    /// <summary>The change feed and prepared statements need sessions: such a node must not start, and the others serve on.</summary>
    public static async Task RefuseTransactionModeAsync(FaultRig rig, double factor)
    {
        await using var pooler = await Pooler.StartAsync(rig.Folder, rig.Database, "transaction");
        var node = rig.Nodes[1];
        await node.TerminateAsync();
        node.Extra = new Dictionary<string, string> { ["ConnectionStrings__SdkChat"] = pooler.ConnectionString };
        await node.StartRefusedAsync("A connection pooler in transaction mode is in front of PostgreSQL");
        await Task.Delay(Seconds(4 * factor));
        node.Extra = new Dictionary<string, string>();
        await node.StartAsync();
    }

    public static async Task SlowDownAsync(FaultRig rig, double factor)
    {
        rig.Network!.Delay = SlowWay;
        await Task.Delay(Seconds(15 * factor));
        rig.Network.Delay = TimeSpan.Zero;
    }

    public static async Task FillDiskAsync(FaultRig rig, double factor)
    {
        rig.Disk!.Fill();
        await Task.Delay(Seconds(20 * factor));
        rig.Disk.Free();
    }

    /// <summary>Takes every connection that is free, and those of the nodes, which find none when they come back.</summary>
    public static async Task CrowdAsync(FaultRig rig, double factor)
    {
        var taken = new List<NpgsqlConnection>();
        try
        {
            taken.Add(await rig.Database.OpenAsync());
            await TakeAllAsync(rig, taken, TimeSpan.Zero);
            await taken[0].ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'node%'");
            await TakeAllAsync(rig, taken, Seconds(8 * factor));
        }
        finally
        {
            foreach (var connection in taken)
                await connection.DisposeAsync();
        }
    }

    /// <summary>Until none has been left for as long.</summary>
    private static async Task TakeAllAsync(FaultRig rig, List<NpgsqlConnection> taken, TimeSpan duration)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                taken.Add(await rig.Database.OpenAsync());
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                if (TimeProvider.System.GetElapsedTime(started) >= duration)
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
