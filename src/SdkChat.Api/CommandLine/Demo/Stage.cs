using System.Globalization;
using Spectre.Console;

namespace SdkChat.Api.CommandLine.Demo;

/// <summary>Prints who did what, and when, one line each.</summary>
internal sealed class Stage(TimeProvider clock)
{
    private const int Room = 100;

    private readonly long _start = clock.GetTimestamp();
    private readonly Lock _line = new();

    public void Shopper(string text) => Print("shopper", "green", text);

    public void Admin(string text) => Print("stream", "blue", text);

    private void Print(string who, string colour, string text)
    {
        var at = clock.GetElapsedTime(_start).TotalSeconds.ToString("F2", CultureInfo.InvariantCulture);
        var fitting = text.Length <= Room ? text : text[..Room] + "…";
        lock (_line)
            AnsiConsole.MarkupLine($"[grey]{at,6} s[/]  [{colour}]{who,-8}[/]  {Markup.Escape(fitting)}");
    }
}
