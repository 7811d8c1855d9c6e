using System.Globalization;
using SdkChat.Faults.Clock;
using SdkChat.Faults.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Faults;

/// <summary>Something that breaks, and is mended again.</summary>
/// <param name="Name">As <c>--only</c> takes it.</param>
/// <param name="What">For the table.</param>
/// <param name="NeedsRedis">Whether it means anything only where Redis is used.</param>
/// <param name="Strike">Breaks and mends. The factor shortens how long it stays broken.</param>
/// <param name="Setup">What has to be there for it.</param>
internal sealed record Fault(
    string Name, string What, bool NeedsRedis, Func<FaultRig, double, Task> Strike, RigSetup Setup = RigSetup.Plain)
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("none", "nothing (the measure's own check)", NeedsRedis: false, (_, factor) => Wait(5 * factor)),
        new("kill", "kill -9 a node", NeedsRedis: false, KillAsync),
        new("freeze", "SIGSTOP a node for 8 s, SIGCONT", NeedsRedis: false, FreezeAsync),
        new("crash", "restart PostgreSQL, -m immediate", NeedsRedis: false, (rig, _) => rig.Database.CrashAsync()),
        new("away", "PostgreSQL away for 20 s", NeedsRedis: false, AwayAsync),
        new("cut", "one node's connections to PostgreSQL cut, again and again", NeedsRedis: false, CutAsync),
        new("redis", "Redis away for 20 s", NeedsRedis: true, RedisAwayAsync),
        new("write", "writes fail in the middle of their transaction", NeedsRedis: false, FailWritesAsync),
        new("rolling", "rolling restart, SIGTERM", NeedsRedis: false, RollAsync),
        new("clock", "one node's clock jumps a minute ahead, and behind", NeedsRedis: false, JumpAsync),
        new("apart", "two nodes' clocks 5 s apart", NeedsRedis: false, ApartAsync),
        new("crowd", "PostgreSQL out of connections for 8 s", NeedsRedis: false, DatabaseFaults.CrowdAsync),
        new("failover", "primary killed, standby promoted", NeedsRedis: false, DatabaseFaults.FailOverAsync, RigSetup.Standby),
        new(
            "pooler", "PgBouncer (session mode) killed and started, twice", NeedsRedis: false, DatabaseFaults.KillPoolerAsync,
            RigSetup.Pooler),
        new(
            "mode", "a node started behind PgBouncer in transaction mode, which it refuses", NeedsRedis: false,
            DatabaseFaults.RefuseTransactionModeAsync, RigSetup.Pooler),
        new(
            "slow", "every packet to and from PostgreSQL takes 200 ms more", NeedsRedis: false, DatabaseFaults.SlowDownAsync,
            RigSetup.Delay),
        new("disk", "PostgreSQL's disk full for 20 s", NeedsRedis: false, DatabaseFaults.FillDiskAsync, RigSetup.SmallDisk),
        new("secure", "Redis with password and TLS restarted, three times", NeedsRedis: true, RestartRedisAsync, RigSetup.SecureRedis),
    ];

    /// <summary>Why it cannot be had on this machine; null where it can.</summary>
    public string? Obstacle => Setup switch
    {
        RigSetup.Pooler when Programs.Find("pgbouncer") is null => "pgbouncer is not installed",
        RigSetup.SmallDisk => SmallDisk.Obstacle,
        _ => null,
    };

    private static Task Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds));

    private static async Task KillAsync(FaultRig rig, double factor)
    {
        // The first to start is the one that relays, where there is a relay.
        foreach (var node in rig.Nodes.Take(2))
        {
            await node.KillAsync();
            await Wait(3 * factor);
            await node.StartAsync();
        }
    }

    private static async Task FreezeAsync(FaultRig rig, double factor)
    {
        foreach (var node in rig.Nodes.Take(2))
        {
            node.Freeze();
            await Wait(8 * factor);
            node.Thaw();
            await Wait(1);
        }
    }

    private static async Task AwayAsync(FaultRig rig, double factor)
    {
        await rig.Database.StopAsync();
        await Wait(20 * factor);
        await rig.Database.StartAsync();
    }

    private static async Task CutAsync(FaultRig rig, double factor)
    {
        for (var i = 0; i < 25 * factor; i++)
        {
            await rig.Database.ExecuteAsync(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name like @node || '%'",
                new { node = rig.Nodes[i % 2].Name });
            await Wait(0.2);
        }
    }

    private static async Task RedisAwayAsync(FaultRig rig, double factor)
    {
        await rig.Redis.StopServerAsync();
        await Wait(20 * factor);
        await rig.Redis.StartServerAsync();
    }

    private static async Task FailWritesAsync(FaultRig rig, double factor)
    {
        await FailingWrites.SetAsync(rig.Database, share: 0.3);
        await Wait(8 * factor);
        await FailingWrites.SetAsync(rig.Database, share: 0);
    }

    private static async Task RollAsync(FaultRig rig, double factor)
    {
        foreach (var node in rig.Nodes)
        {
            await node.TerminateAsync();
            await node.StartAsync();
            await Wait(2 * factor);
        }
    }

    private static async Task RestartRedisAsync(FaultRig rig, double factor)
    {
        for (var i = 0; i < 3; i++)
        {
            await rig.Redis.StopServerAsync();
            await Wait(2 * factor);
            await rig.Redis.StartServerAsync();
            await Wait(4 * factor);
        }
    }

    private static Task JumpAsync(FaultRig rig, double factor) => WithAnotherClockAsync(rig, factor, [0, 60, 0, -60, 0]);

    private static Task ApartAsync(FaultRig rig, double factor) => WithAnotherClockAsync(rig, factor, [5, 5, 5]);

    /// <summary>One node believes a file, which says one after the other how many seconds its clock is ahead.</summary>
    private static async Task WithAnotherClockAsync(FaultRig rig, double factor, int[] ahead)
    {
        var node = rig.Nodes[1];
        await SetClockAsync(rig, ahead[0]);
        var clock = typeof(JumpingClockStartup).Assembly;
        node.Extra = new Dictionary<string, string>
        {
            ["DOTNET_STARTUP_HOOKS"] = clock.Location,
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = clock.GetName().Name!,
            [JumpingClockStartup.FileVariable] = rig.ClockFile,
        };
        await node.TerminateAsync();
        await node.StartAsync();
        await Wait(2 * factor);
        foreach (var seconds in ahead[1..])
        {
            await SetClockAsync(rig, seconds);
            await Wait(4 * factor);
        }

        node.Extra = new Dictionary<string, string>();
        await node.TerminateAsync();
        await node.StartAsync();
    }

    /// <summary>Moved into place, so that nobody reads half of it.</summary>
    private static async Task SetClockAsync(FaultRig rig, int seconds)
    {
        await File.WriteAllTextAsync(rig.ClockFile + ".new", seconds.ToString(CultureInfo.InvariantCulture));
        File.Move(rig.ClockFile + ".new", rig.ClockFile, overwrite: true);
    }
}
