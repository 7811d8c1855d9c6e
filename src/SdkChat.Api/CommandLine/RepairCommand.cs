using System.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Infrastructure.Chats.Tally;

namespace SdkChat.Api.CommandLine;

/// <summary><c>repair</c>: compares what the service has counted with the rows.</summary>
internal static class RepairCommand
{
    public static Command Create()
    {
        var check = new Option<bool>("--check") { Description = "Only tell what is wrong; exit code 1 if anything is" };
        var data = Verb.DataOption();
        var command = new VerbCommand(
            "repair",
            "Compare the counts behind the history lists with the chats, and count anew where they differ. Safe while the service runs.",
            "repair",
            "repair --check")
        {
            check, data,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var verb = await Verb.StartAsync(parsed.GetValue(data), cancellationToken);
            var checkOnly = parsed.GetValue(check);
            Tell(await verb.Services.GetRequiredService<ChatTally>().RepairAsync(checkOnly, cancellationToken), checkOnly);
        });
        return command;
    }

    private static void Tell(TallyReport report, bool checkOnly)
    {
        if (report.NothingToDo)
        {
            Console.WriteLine("Nothing to do: every count is what the chats say.");
            return;
        }

        if (report.IsForeign)
            Console.WriteLine("The counts come from another server, whose dump was restored here.");
        foreach (var difference in report.Differences)
            Console.WriteLine(difference);
        if (checkOnly)
            throw new CommandFailedException("Counts are wrong; repair without --check counts anew.");
        Console.WriteLine("Counted anew.");
    }
}
