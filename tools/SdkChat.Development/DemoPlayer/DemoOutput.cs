using System.Globalization;
using Spectre.Console;

namespace SdkChat.Development.DemoPlayer;

/// <summary>Prints each action with its actor and time, one per line.</summary>
internal sealed class DemoOutput
{
    private const int MaxLength = 160;

    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly Lock _line = new();

    public DemoOutput(TimeProvider clock)
    {
        (_clock, _start) = (clock, clock.GetTimestamp());
        // One event per line: a terminal wraps it, and a pipe gets it in one piece.
        AnsiConsole.Profile.Width = 2 * MaxLength;
    }

    public void Shopper(string text) => Print("shopper", "green", text);

    public void Admin(string text) => Print("stream", "blue", text);

    private void Print(string who, string colour, string text)
    {
        var at = _clock.GetElapsedTime(_start).TotalSeconds.ToString("F2", CultureInfo.InvariantCulture);
        var fitting = text.Length <= MaxLength ? text : text[..MaxLength] + "…";
        lock (_line)
            AnsiConsole.MarkupLine($"[grey]{at,6} s[/]  [{colour}]{who,-8}[/]  {Markup.Escape(fitting)}");
    }
}
