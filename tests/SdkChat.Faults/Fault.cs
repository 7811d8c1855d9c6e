using System.Globalization;
using SdkChat.Faults.Clock;
using SdkChat.Faults.Rig;

namespace SdkChat.Faults;

/// <summary>Something that breaks, and is mended again.</summary>
/// <param name="Name">As <c>--only</c> takes it.</param>
/// <param name="What">For the table.</param>
/// <param name="NeedsRedis">Whether it means anything only where Redis is used.</param>
/// <param name="Strike">Breaks and mends. The factor shortens how long it stays broken.</param>
internal sealed record Fault(string Name, string What, bool NeedsRedis, Func<FaultRig, double, Task> Strike)
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
    ];

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
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name like @node || '%'", new { node = rig.Nodes[i % 2].Name });
            await Wait(0.2);
        }
    }

    private static async Task RedisAwayAsync(FaultRig rig, double factor)
    {
        await rig.Redis.StopServerAsync();
        await Wait(20 * factor);
        await rig.Redis.StartServerAsync();
    }

    /// <summary>Some when the event is stored, some when all has been written and the transaction commits.</summary>
    private static async Task FailWritesAsync(FaultRig rig, double factor)
    {
        await rig.Database.ExecuteAsync(
            """
            create function fault() returns trigger language plpgsql as $$
            begin
              if random() < 0.3 then raise exception 'the disk is full, says the test' using errcode = 'disk_full'; end if;
              return new;
            end $$;
            create trigger fault_at_once before insert on chat_event for each row execute function fault();
            create constraint trigger fault_at_commit after insert or update on sdk_chat deferrable initially deferred for each row execute function fault();
            """);
        await Wait(8 * factor);
        await rig.Database.ExecuteAsync("drop function fault cascade");
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

    private static async Task JumpAsync(FaultRig rig, double factor)
    {
        var node = rig.Nodes[1];
        await SetClockAsync(rig, 0);
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
        foreach (var seconds in new[] { 60, 0, -60, 0 })
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
