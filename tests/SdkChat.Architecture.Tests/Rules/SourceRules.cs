using System.Text.RegularExpressions;

namespace SdkChat.Architecture.Tests.Rules;

/// <summary>What the sources say, for rules that the compiled types no longer show.</summary>
internal static partial class SourceRules
{
    /// <summary>Files with a statement in them that are not a home of SQL.</summary>
    public static IEnumerable<string> SqlOutOfPlace(IEnumerable<SourceFile> files) =>
        from file in files
        where !(file.Path.Contains("SdkChat.Infrastructure", StringComparison.Ordinal) && file.Path.EndsWith("Sql.cs", StringComparison.Ordinal))
        where Statement().IsMatch(file.Text)
        select file.Path;

    /// <summary>Files that ask the machine's clock, so that a test cannot.</summary>
    public static IEnumerable<string> ClocksOutOfReach(IEnumerable<SourceFile> files) =>
        from file in files where MachineClock().IsMatch(file.Text) select file.Path;

    /// <summary>Files that sleep to be lucky.</summary>
    public static IEnumerable<string> Sleeping(IEnumerable<SourceFile> files) =>
        from file in files where Sleep().IsMatch(file.Text) select file.Path;

    [GeneratedRegex(@"\b(select\s[^;]*?\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s)", RegexOptions.Singleline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bStopwatch\.StartNew\b")]
    private static partial Regex MachineClock();

    [GeneratedRegex(@"\bTask\.Delay\(|\bThread\.Sleep\(")]
    private static partial Regex Sleep();
}
