using System.Globalization;
using Spectre.Console;

namespace SdkChat.Bench.Report;

/// <summary>The one table that a run prints.</summary>
internal static class BenchTable
{
    public static void Print(IReadOnlyList<BenchRow> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in new[] { "bench", "measure", "ours", "against", "value", "ratio", "target", "" })
            table.AddColumn(new TableColumn(heading).NoWrap());
        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Bench), Markup.Escape(row.Measure), Number(row.Ours), Markup.Escape(row.PeerName), Number(row.Peer),
                Number(row.Ratio), row.Target?.ToString() ?? "",
                row.Met switch { true => "[green]met[/]", false => "[red]missed[/]", null => "" });
        }

        // A file has no width, and cells that are cut or broken into lines cannot be read in it.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 240;
        AnsiConsole.Write(table);
    }

    public static string Verdict(BenchRow row) => row.Met switch { true => "met", false => "missed", null => "" };

    public static string Number(double? value) => value switch
    {
        null => "",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.Value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
