using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SdkChat.Bench.Backplane;
using SdkChat.Bench.Cold;
using SdkChat.Bench.Fanout;
using SdkChat.Bench.History;
using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Polls;
using SdkChat.Bench.Report;
using SdkChat.Bench.Servers;
using SdkChat.Bench.Standby;
using SdkChat.Bench.Sustained;
using Spectre.Console;

namespace SdkChat.Bench;

/// <summary><c>./sdkchat bench</c>, and the modes in which the program runs as its own load generator and as its peers.</summary>
internal static class BenchCommandLine
{
    private static readonly IBench[] Benches =
    [
        new FanoutBench(), new OptInBench(), new StreamsBench(), new StormBench(), new TransitionBench(), new BackplaneBench(),
        new HistoryBench(), new FilterBench(), new SearchBench(),
        new ExportBench(), new WriteBench(), new PollsBench(), new StandbyBench(), new ColdBench(), new SustainedBench(),
        new MixedLoadBench(),
    ];

    public static Task<int> RunAsync(string[] args) => Root().Parse(args).InvokeAsync();

    private static RootCommand Root()
    {
        var quick = new Option<bool>("--quick")
        {
            Description =
                $"Fewer and shorter rounds, without {string.Join(", ", Benches.Where(bench => bench.IsLong).Select(bench => bench.Name))}: "
                + "a few minutes instead of about an hour",
        };
        var json = new Option<string?>("--json") { Description = "Write the table to a file as well", HelpName = "FILE" };
        var markdown = new Option<string?>("--markdown")
        {
            Description = "Write the table to a file as the docs have it", HelpName = "FILE",
        };
        var only = new Option<string[]>("--only")
        {
            Description = $"Only these: {string.Join(", ", Benches.Select(bench => bench.Name))}", HelpName = "NAME",
        };
        var chats = new Option<int?>("--chats")
        {
            Description = "Chats of the largest tenant of history, filters, search, export and writes (5,000,000; with --quick 60,000)",
            HelpName = "N",
        };
        var data = new Option<string?>("--data")
        {
            Description = "Keep their database here, and use it again in the next run", HelpName = "FOLDER",
        };
        var root = new RootCommand("Measure the service against peers and floors, side by side. Exit code 1 when a target is missed.")
        {
            quick, json, markdown, only, chats, data, Load(), ShopperLoad(),
            Mode("pipeline", port => PipelineMode.RunAsync(port).GetAwaiter().GetResult()),
            Mode("one-row", port => OneRowMode.RunAsync(port).GetAwaiter().GetResult()),
            Mode("bare-page", port => BarePageMode.RunAsync(port).GetAwaiter().GetResult()),
            Mode("floor", FloorMode.Run),
            Mode("plain", port => PlainMode.RunAsync(port).GetAwaiter().GetResult()),
        };
        only.AcceptOnlyFromAmong([.. Benches.Select(bench => bench.Name)]);
        root.SetAction(async (parsed, cancellationToken) =>
        {
            await using var history = new SharedHistory(
                parsed.GetValue(chats) ?? (parsed.GetValue(quick) ? 60_000 : 5_000_000), parsed.GetValue(data));
            var rows = await MeasureAsync(
                parsed.GetValue(quick), parsed.GetValue(json), parsed.GetValue(only) ?? [], history, cancellationToken);
            if (parsed.GetValue(markdown) is { } file)
                BenchMarkdown.Write(file, rows);
            BenchTable.Print(rows);
            return rows.Any(row => row.Met == false) ? 1 : 0;
        });
        return root;
    }

    private static async Task<IReadOnlyList<BenchRow>> MeasureAsync(
        bool quick, string? json, string[] only, SharedHistory history, CancellationToken cancellationToken)
    {
        Native.RaiseOpenFiles();
        var rows = new List<BenchRow>();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Status().StartAsync("starting", async status =>
        {
            var run = new BenchRun(quick, line => status.Status(Markup.Escape(line)), history);
            foreach (var bench in Benches.Where(bench => only.Length == 0 ? !(quick && bench.IsLong) : only.Contains(bench.Name)))
                rows.AddRange(await TryAsync(bench, run, cancellationToken));
            if (json is not null)
                BenchJson.Write(json, run, rows);
        });
        return rows;
    }

    /// <summary>One that breaks off is a target missed, and not the end of what the others have measured.</summary>
    private static async Task<IReadOnlyList<BenchRow>> TryAsync(IBench bench, BenchRun run, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var rows = await bench.RunAsync(run, cancellationToken);
            run.Say(string.Create(CultureInfo.InvariantCulture, $"{bench.Name} took {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
            return rows;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{bench.Name} broke off: {exception}");
            return [new BenchRow(bench.Name, $"broke off: {exception.Message.Split('\n')[0]}", 1, null, "", Target.AtMost(0))];
        }
    }

    private static Command Load()
    {
        var (port, requests) = (new Argument<int>("port"), new Argument<string>("requests"));
        var (pings, arrivals) = (new Option<bool>("--pings"), new Option<bool>("--arrivals"));
        var within = new Option<int?>("--within");
        var command = new Command("load") { port, requests, pings, arrivals, within };
        command.Hidden = true;
        command.SetAction(parsed => LoadGenerator.Run(
            parsed.GetValue(port), parsed.GetValue(requests)!, parsed.GetValue(pings), parsed.GetValue(arrivals), parsed.GetValue(within)));
        return command;
    }

    private static Command ShopperLoad()
    {
        var (port, requests) = (new Argument<int>("port"), new Argument<string>("requests"));
        var command = new Command("shoppers") { port, requests };
        command.Hidden = true;
        command.SetAction(parsed => ShopperGenerator.Run(parsed.GetValue(port), parsed.GetValue(requests)!));
        return command;
    }

    private static Command Mode(string name, Action<int> run)
    {
        var port = new Argument<int>("port");
        var command = new Command(name) { port };
        command.Hidden = true;
        command.SetAction(parsed => run(parsed.GetValue(port)));
        return command;
    }
}
