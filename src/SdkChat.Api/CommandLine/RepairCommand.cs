using System.CommandLine;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Live.Feed;

namespace SdkChat.Api.CommandLine;

/// <summary>
/// <c>repair</c>: compares the counts behind lists and statistics with the rows, and takes over a database that was copied from another
/// server.
/// </summary>
internal static class RepairCommand
{
    public static Command Create(IDatabaseSource databases)
    {
        var check = new Option<bool>("--check") { Description = "Only tell what is wrong; exit code 1 if anything is" };
        var command = new VerbCommand(
            "repair",
            "Take over a database that was copied from another server, compare the counts behind lists and statistics with the chats, "
                + "and count again where they differ. Safe while the service runs.",
            "repair",
            "repair --check")
        {
            check, databases,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var context = await CommandContext.StartAsync(databases, parsed, cancellationToken);
            var checkOnly = parsed.GetValue(check);
            var feed = await context.Services.GetRequiredService<FeedTakeover>().RunAsync(checkOnly, cancellationToken);
            WriteReport(
                feed, await context.Services.GetRequiredService<HistoryCountMaintenance>().RepairAsync(checkOnly, cancellationToken),
                checkOnly);
        });
        return command;
    }

    private static void WriteReport(FeedTakeoverReport feed, CountReport counts, bool checkOnly)
    {
        if (!feed.IsForeign && counts.NothingToDo)
        {
            Console.WriteLine("Nothing to do: every count is what the chats say.");
            return;
        }

        if (feed.IsForeign)
            Console.WriteLine(
                $"The change feed comes from another server, whose rows were copied here: {feed.Events} events lie ahead of this one.");
        if (counts.IsForeign)
            Console.WriteLine("The counts come from another server, whose rows were copied here.");
        foreach (var difference in counts.Differences)
            Console.WriteLine(difference);
        if (checkOnly)
            throw new CommandFailedException("The feed or the counts are wrong; run repair without --check to correct them.");
        foreach (var step in Done(feed.IsForeign, counts))
            Console.WriteLine(step);
    }

    /// <summary>What a repair has done, given what it found.</summary>
    internal static IEnumerable<string> Done(bool isFeedForeign, CountReport counts)
    {
        if (isFeedForeign)
            yield return "Removed those events; the feed begins again, and open streams read history again.";
        if (counts.IsForeign || counts.Differences.Count > counts.TextDifferences)
            yield return "Counted all chats again, for lists and for the numbers of statistics.";
        if (counts.TextDifferences > 0)
            yield return "Discarded the counts of errors and items: running nodes count them again, the newest chats first.";
    }
}
