using System.Globalization;

namespace SdkChat.Client.Tests.Documents;

/// <summary>A request of the file, or the variables between two.</summary>
/// <param name="Method">Null where there is no request.</param>
internal sealed record HttpFilePart(
    string? Name,
    int Expected,
    IReadOnlyList<(string Name, string Value)> Variables,
    string? Method,
    string? Target,
    IReadOnlyList<(string Name, string Value)> Headers,
    string Body)
{
    public static HttpFilePart Parse(string text)
    {
        var lines = text.Trim().Split('\n').ToList();
        var comments = lines.Where(line => line.StartsWith('#')).ToList();
        var variables = lines.Where(line => line.StartsWith('@')).Select(line => Pair(line[1..], '=')).ToList();
        var rest = lines.SkipWhile(line => line.Length == 0 || line[0] is '#' or '@').ToList();
        var head = rest.TakeWhile(line => line.Length > 0).ToList();
        var (method, target) = head.Count == 0 ? (null, null) : ((string?, string?))Pair(head[0], ' ');
        return new HttpFilePart(
            After(comments, "# @name "),
            int.Parse(After(comments, "# Expect: ") ?? "0", CultureInfo.InvariantCulture),
            variables,
            method,
            target,
            [.. head.Skip(1).Select(line => Pair(line, ':'))],
            string.Join('\n', rest.Skip(head.Count + 1)));
    }

    private static string? After(IEnumerable<string> comments, string start) =>
        comments.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..].Trim();

    private static (string, string) Pair(string line, char separator) =>
        line.Split(separator, 2) is [var left, var right]
            ? (left.Trim(), right.Trim())
            : throw new FormatException($"'{line}' is no pair.");
}
