using System.Text.RegularExpressions;

namespace SdkChat.Client.Tests.TypeScript;

/// <summary>
/// The public API of the TypeScript client, as its compiled declarations have it: what index.d.ts exports, without comments. The types of
/// the OpenAPI document (schema.d.ts) are not in it: that document is compared by itself.
/// </summary>
internal static partial class TypeScriptApi
{
    /// <param name="folder">Where index.d.ts and its modules are.</param>
    public static string Report(string folder) =>
        string.Concat(
            Export().Matches(File.ReadAllText(Path.Combine(folder, "index.d.ts")))
                .SelectMany(export => Module(folder, export.Groups[2].Value, Names(export.Groups[1].Value))));

    /// <summary>Lines of one report that the other lacks, each below what encloses it.</summary>
    public static IReadOnlyList<string> Losses(string released, string current) => [.. Entries(released).Except(Entries(current))];

    private static IEnumerable<string> Module(string folder, string module, HashSet<string>? names) =>
        Declaration().Matches(Comment().Replace(File.ReadAllText(Path.Combine(folder, $"{module}.d.ts")), ""))
            .Where(declaration => names is null || names.Contains(declaration.Groups[1].Value))
            .Select(declaration => declaration.Value.TrimEnd() + "\n").Prepend($"// {module}\n");

    /// <summary>The names between braces; null for <c>export type *</c>.</summary>
    private static HashSet<string>? Names(string exported) =>
        exported.Contains('*', StringComparison.Ordinal) ? null : [.. Name().Matches(exported).Select(name => name.Value).Except(["type"])];

    private static IEnumerable<string> Entries(string report)
    {
        var above = new List<string>();
        foreach (var line in report.Split('\n').Where(line => line.Length > 0))
        {
            var depth = (line.Length - line.TrimStart(' ').Length) / 4;
            above.RemoveRange(Math.Min(depth, above.Count), above.Count - Math.Min(depth, above.Count));
            above.Add(line.Trim());
            yield return string.Join(" > ", above);
        }
    }

    [GeneratedRegex("""(?m)^export (?:type )?(\{[^}]*\}|\*) from "\./(.+)\.js";$""")]
    private static partial Regex Export();

    /// <summary>From the line that begins with it to the one that begins another.</summary>
    [GeneratedRegex(
        @"(?m)^export (?:declare )?(?:abstract )?(?:function|class|interface|type|const) (\w+).*(?:\n(?!(?:export|declare|import|type"
        + @"|interface)\b|//).*)*")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?ms)^[ \t]*/\*\*.*?\*/\n")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Name();
}
