using System.Globalization;
using System.Text.Json;
using SdkChat.Faults.Verdicts;
using Spectre.Console;

namespace SdkChat.Faults;

/// <summary>The table, for people, and the same as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
    };

    private static readonly (string Head, Func<FaultResult, object> Cell)[] Columns =
    [
        ("fault", result => result.Fault),
        ("feed", result => result.Backplane),
        ("committed", result => result.Committed),
        ("delivered", result => result.Delivered),
        ("missing", result => result.Missing),
        ("dupl.", result => result.Duplicates),
        ("disord.", result => result.OutOfOrder),
        ("foreign", result => result.Foreign),
        ("open", result => result.StreamsKept),
        ("ended", result => result.StreamsBroken),
        (
            "back in",
            result => result.StreamsBroken == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{result.ReconnectSeconds:F1} s")),
        ("calls", result => result.CallsOk),
        ("503", result => result.Calls503),
        ("proxy", result => result.CallsProxy),
        ("writes", result => result.Writes),
        ("lost", result => result.WritesLost),
        ("twice", result => result.WritesTwice),
        ("ok?", result => result.IsKept ? "yes" : "NO"),
    ];

    public static void Print(IReadOnlyList<FaultResult> results)
    {
        var table = new Table().Border(TableBorder.Markdown);
        foreach (var (head, _) in Columns)
            table.AddColumn(new TableColumn(head).NoWrap());
        foreach (var result in results)
            table.AddRow(
                [.. Columns.Select(column => Markup.Escape(Convert.ToString(column.Cell(result), CultureInfo.InvariantCulture)!))]);
        // As wide as it is: a table that is cut off at the terminal's edge is none.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = 220;
        console.Write(table);
    }

    public static Task WriteAsync(IReadOnlyList<FaultResult> results, string file) =>
        File.WriteAllTextAsync(file, JsonSerializer.Serialize(results, Json) + "\n");
}
