using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// A statement whose named parameters (<c>@tenant</c>) are replaced by numbers (<c>$1</c>), once per process. Npgsql parses and copies the
/// text of a statement with names for each execution (docs/decisions/0049).
/// </summary>
internal sealed partial class NumberedStatement
{
    /// <summary>By the text's reference: statements are constants, and hashing a long one for each execution takes microseconds.</summary>
    private static readonly ConcurrentDictionary<string, NumberedStatement> Known = new(ReferenceEqualityComparer.Instance);

    private NumberedStatement(string text, IReadOnlyList<string> names) => (Text, Names) = (text, names);

    public string Text { get; }

    /// <summary>The names of the parameters in the order of their numbers, each once.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <param name="sql">One statement: a constant, since its conversion is kept.</param>
    public static NumberedStatement Get(string sql) => Known.GetOrAdd(sql, Create);

    internal static NumberedStatement Create(string sql)
    {
        var names = new List<string>();
        return new NumberedStatement(Parameter().Replace(sql, Number), names);

        string Number(Match match)
        {
            if (match.Groups[1].Value is not { Length: > 0 } name)
                return match.Value;
            if (names.IndexOf(name) is var known and >= 0)
                return $"${known + 1}";

            names.Add(name);
            return $"${names.Count}";
        }
    }

    /// <summary>A parameter, or what may contain an @ that is none: a string, a quoted name or a comment.</summary>
    [GeneratedRegex(@"'[^']*'|""[^""]*""|--[^\n]*|/\*.*?\*/|(?<!@)@([A-Za-z_]\w*)", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
