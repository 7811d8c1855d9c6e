using System.CommandLine;
using System.Globalization;
using SdkChat.Api.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Client;

namespace SdkChat.Development.Remote;

/// <summary><c>stats</c>: prints the numbers of a running service's chats by hour, day or week.</summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        var service = new RemoteService();
        var (from, to) = (FilterOptions.InstantOption("--from", "Not before"), FilterOptions.InstantOption("--to", "Before"));
        var bucket = new Option<StatsBucketUnit?>("--bucket") { Description = "hour, day or week (default: day)", HelpName = "UNIT" };
        var zone = new Option<string?>("--tz") { Description = "Time zone of the buckets (default: UTC)", HelpName = "ZONE" };
        var tenant = new RemoteTenant("With --all: code or id of a tenant: only its chats");
        var json = new Option<bool>("--json") { Description = "Print one JSON object" };
        var command = new VerbCommand(
            "stats", "Show numbers of a running service's chats over time.", "stats --from yesterday --bucket hour",
            "stats --tz Asia/Tokyo --json")
        {
            from, to, bucket, zone, tenant.Option, json,
        };
        service.AddTo(command);
        command.SetAction((parsed, cancellationToken) => service.CallAsync(parsed, async client =>
        {
            var isBackoffice = service.IsBackoffice(parsed);
            var query = new StatsQuery(parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(bucket), parsed.GetValue(zone))
            {
                Tenant = await tenant.FindAsync(parsed, client, isBackoffice, cancellationToken),
            };
            var stats = isBackoffice
                ? await client.GetAllStatsAsync(query, cancellationToken)
                : await client.GetStatsAsync(query, cancellationToken);
            if (parsed.GetValue(json))
                RemoteOutput.PrintJson(stats);
            else
                Print(stats);
            return 0;
        }));
        return command;
    }

    private static void Print(ChatStats stats) => TableWriter.Print(
        ["START", "STARTED", "COMPLETED", "ERROR", "ENDED", "IN_PROGRESS", "TRIGGERED", "P50_MS", "P95_MS"],
        [
            .. stats.Buckets.Select(bucket => Row(
                TableWriter.Instant(bucket.Start), bucket.AnswerMs, bucket.Started, bucket.Completed, bucket.Error, bucket.Ended,
                bucket.InProgress, bucket.Triggered)),
            Row(
                "total", stats.Total.AnswerMs, stats.Total.Started, stats.Total.Completed, stats.Total.Error, stats.Total.Ended,
                stats.Total.InProgress, stats.Total.Triggered),
        ]);

    private static string[] Row(string start, AnswerTimes times, params long[] numbers) =>
        [start, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)), Text(times.P50), Text(times.P95)];

    private static string Text(long? milliseconds) => milliseconds?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
