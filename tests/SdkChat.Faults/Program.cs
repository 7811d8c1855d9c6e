using System.CommandLine;
using System.Diagnostics;
using SdkChat.Faults;
using SdkChat.Faults.Verdicts;

var json = new Option<string?>("--json") { Description = "Write the table to this file too", HelpName = "FILE" };
var only = new Option<string[]>("--only")
{
    Description = $"Only these: {string.Join(", ", Fault.All.Select(fault => fault.Name))}", HelpName = "FAULT",
    AllowMultipleArgumentsPerToken = true,
};
var feed = new Option<string>("--backplane") { Description = "postgres, redis, or both", DefaultValueFactory = _ => "both" };
var quick = new Option<bool>("--quick") { Description = "A quarter of the time a fault" };
var keep = new Option<bool>("--keep") { Description = "Keep the nodes' logs, and say where" };
only.AcceptOnlyFromAmong([.. Fault.All.Select(fault => fault.Name)]);
feed.AcceptOnlyFromAmong("postgres", "redis", "both");
var command = new RootCommand(
    "Breaks a service of three nodes, PostgreSQL, Redis and nginx under load, in every way there is, and says what it came to.")
{
    only, feed, quick, json, keep,
};
command.SetAction(async (parsed, _) =>
{
    var chosen = parsed.GetValue(only) is { Length: > 0 } names
        ? Fault.All.Where(fault => names.Contains(fault.Name)).ToArray()
        : Fault.All;
    string[] backplanes = parsed.GetValue(feed) is "both" ? ["postgres", "redis"] : [parsed.GetValue(feed)!];
    var results = new List<FaultResult>();
    foreach (var fault in chosen.Where(fault => fault.Obstacle is not null))
        await Console.Error.WriteLineAsync($"{fault.Name} is left out: {fault.Obstacle}");
    var possible = chosen.Where(fault => fault.Obstacle is null).GroupBy(fault => fault.Setup).ToArray();
    foreach (var (backplane, faults) in backplanes.SelectMany(backplane => possible.Select(faults => (backplane, faults))))
    {
        var judged = faults.Where(fault => backplane == "redis" || !fault.NeedsRedis).ToArray();
        if (judged.Length == 0)
            continue;

        var folder = Directory.CreateTempSubdirectory("sdkchat-faults-").FullName;
        try
        {
            await Console.Error.WriteLineAsync($"starting three nodes, PostgreSQL, Redis and nginx (feed: {backplane}, {faults.Key}) ...");
            await using var suite = await FaultSuite.StartAsync(backplane, parsed.GetValue(quick) ? 0.25 : 1, folder, faults.Key);
            foreach (var fault in judged)
            {
                var started = Stopwatch.GetTimestamp();
                results.Add(await suite.JudgeAsync(fault));
                await Console.Error.WriteLineAsync(
                    $"  {fault.Name,-8} {fault.What}: {(results[^1].IsKept ? "kept" : "NOT KEPT")} "
                    + $"({Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s)");
                foreach (var remark in results[^1].Remarks)
                    await Console.Error.WriteLineAsync($"           {remark}");
            }
        }
        finally
        {
            if (parsed.GetValue(keep))
                await Console.Error.WriteLineAsync($"logs are in {folder}");
            else
                Directory.Delete(folder, recursive: true);
        }
    }

    Report.Print(results);
    if (parsed.GetValue(json) is { } file)
        await Report.WriteAsync(results, file);
    return results.All(result => result.IsKept) ? 0 : 1;
});
return await command.Parse(args).InvokeAsync();
