using System.Text.RegularExpressions;

namespace SdkChat.Architecture.Tests.Rules;

/// <summary>What a migration may not do to a table that nodes are using while it runs (docs/decisions/0033).</summary>
internal static partial class MigrationRules
{
    /// <summary>Tables of one row, which is written again in a moment.</summary>
    private static readonly string[] OfOneRow = ["chat_count_watermark", "chat_event_horizon", "chat_tally", "directory_revision"];

    /// <returns>What each script does that makes others wait, in the words of the script.</returns>
    public static IEnumerable<string> Blocking(string sql)
    {
        var text = FunctionBody().Replace(Comment().Replace(sql, "").ToLowerInvariant(), "");
        var own = NewTable().Matches(text).Select(match => match.Groups["table"].Value).Concat(OfOneRow).ToHashSet();
        return
        [
            .. from index in NewIndex().Matches(text) where !own.Contains(index.Groups["table"].Value) select index.Value,
            .. from change in TableChange().Matches(text)
               where !own.Contains(change.Groups["table"].Value)
               from part in Rewriting().Matches(change.Value)
               select part.Value,
            .. from update in WholeTable().Matches(text)
               where !(sql.StartsWith("-- migration: no transaction", StringComparison.Ordinal)
                   && text.Contains("commit;", StringComparison.Ordinal))
               where !own.Contains(update.Groups["table"].Value) select update.Value.Trim(' ', ';', '\n'),
        ];
    }

    /// <returns>Where a script names a schema: the tables may be in any. "from public" is the role of everyone.</returns>
    public static IEnumerable<string> Schemas(string sql) =>
        NamedSchema().Matches(Comment().Replace(sql, "").ToLowerInvariant()).Select(match => match.Value);

    [GeneratedRegex("--.*")]
    private static partial Regex Comment();

    /// <summary>What a function does is done when it is called.</summary>
    [GeneratedRegex(@"(?<=\bcreate\s+(or\s+replace\s+)?function\b[^$]*)\$\$.*?\$\$", RegexOptions.Singleline)]
    private static partial Regex FunctionBody();

    [GeneratedRegex(@"\bcreate\s+(unlogged\s+)?table\s+(if\s+not\s+exists\s+)?(?<table>\w+)")]
    private static partial Regex NewTable();

    [GeneratedRegex(@"\bcreate\s+(unique\s+)?index\s+(?!concurrently)(if\s+not\s+exists\s+)?\w+\s+on\s+(?<table>\w+)")]
    private static partial Regex NewIndex();

    [GeneratedRegex(@"\balter\s+table\s+(only\s+)?(?<table>\w+)[^;]*")]
    private static partial Regex TableChange();

    /// <summary>What writes every row again, or reads every row under a lock.</summary>
    [GeneratedRegex(
        @"\bgenerated\s+always\s+as\b|\bset\s+data\s+type\b|\balter\s+column\s+\w+\s+type\b|\bset\s+not\s+null\b"
        + @"|\badd\s+column\b[^,;]*\bdefault\s+\w+\s*\(|\badd\s+constraint\b(?![^,;]*\bnot\s+valid\b)(?![^,;]*\busing\s+index\b)[^,;]*")]
    private static partial Regex Rewriting();

    [GeneratedRegex(@"\bsearch_path\s*(=|\bto\b)[^;$]*?\bpublic\b|\bpublic\.\w+|\bschema\s+public\b|'public'")]
    private static partial Regex NamedSchema();

    [GeneratedRegex(@"(^|;)\s*(update|delete\s+from|lock\s+table|truncate|cluster|vacuum\s+full)\s+(?<table>\w+)", RegexOptions.Multiline)]
    private static partial Regex WholeTable();
}
