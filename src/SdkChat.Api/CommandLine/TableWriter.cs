using System.Globalization;
using Spectre.Console;

namespace SdkChat.Api.CommandLine;

/// <summary>Prints rows: a table on a terminal, aligned plain text with one line per row if output is redirected.</summary>
internal static class TableWriter
{
    private const int Gap = 2;

    public static void Print(string[] headers, IReadOnlyList<string[]> rows)
    {
        if (Console.IsOutputRedirected)
            PrintPlain([headers, .. rows]);
        else
            PrintTable(headers, rows);
    }

    /// <summary>An instant in the format of the API, without its fraction; a dash for null.</summary>
    public static string Instant(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";

    private static void PrintPlain(IReadOnlyList<string[]> lines)
    {
        var widths = lines[0].Select((_, column) => lines.Max(line => line[column].GetCellWidth())).ToArray();
        foreach (var line in lines)
            Console.WriteLine(string.Concat(line.Select((cell, column) => cell + Padding(widths[column] - cell.GetCellWidth()))).TrimEnd());
    }

    private static string Padding(int missing) => new(' ', missing + Gap);

    private static void PrintTable(string[] headers, IReadOnlyList<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var header in headers)
            table.AddColumn(new TableColumn(new Text(header)).NoWrap());
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        AnsiConsole.Write(table);
    }
}
