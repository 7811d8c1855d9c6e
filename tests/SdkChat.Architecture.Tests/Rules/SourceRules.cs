using System.Globalization;
using System.Text.RegularExpressions;

namespace SdkChat.Architecture.Tests.Rules;

/// <summary>What the sources say, for rules that the compiled types no longer show.</summary>
internal static partial class SourceRules
{
    private static readonly string[] SqlHomes = ["SdkChat.Infrastructure", "tools/SdkChat.Development"];

    /// <summary>Files with a statement in them that are not a home of SQL.</summary>
    public static IEnumerable<string> SqlOutOfPlace(IEnumerable<SourceFile> files) =>
        from file in files
        where !(SqlHomes.Any(home => file.Path.Contains(home, StringComparison.Ordinal))
            && file.Path.EndsWith("Sql.cs", StringComparison.Ordinal))
        where Statement().IsMatch(file.Text)
        select file.Path;

    /// <summary>Files that bind settings without <c>AddValidatedOptions</c>, which also validates them at the start.</summary>
    public static IEnumerable<string> OptionsOfTheirOwn(IEnumerable<SourceFile> files) =>
        from file in files
        where !file.Path.EndsWith("/OptionsServiceCollectionExtensions.cs", StringComparison.Ordinal)
        where OptionsBinding().IsMatch(file.Text)
        select file.Path;

    /// <summary>Files that ask the machine's clock, so that a test cannot.</summary>
    public static IEnumerable<string> ClocksOutOfReach(IEnumerable<SourceFile> files) =>
        from file in files where MachineClock().IsMatch(file.Text) select file.Path;

    /// <summary>Files that sleep to be lucky.</summary>
    public static IEnumerable<string> Sleeping(IEnumerable<SourceFile> files) =>
        from file in files where Sleep().IsMatch(file.Text) select file.Path;

    /// <summary>
    /// Files that wait in a page. Playwright evaluates the expression again there unless it holds at once, which the console's policy
    /// forbids (trusted types), so such a test is red on a busy machine only. Use <c>Eventually</c> with <c>EvaluateAsync</c>.
    /// </summary>
    public static IEnumerable<string> WaitsInPages(IEnumerable<SourceFile> files) =>
        from file in files where file.Text.Contains("WaitForFunctionAsync(", StringComparison.Ordinal) select file.Path;

    /// <summary>
    /// Waits in tests that a busy machine can exceed: a deadline other than <c>Deadlines</c>, or an upper bound under twenty seconds on
    /// what was measured.
    /// </summary>
    public static IEnumerable<string> ShortWaits(IEnumerable<SourceFile> files) =>
        from file in files
        from found in OwnDeadline().Matches(file.Text)
            .Concat(ElapsedBound().Matches(file.Text).Where(bound => IsShort(bound.Groups["seconds"].Value)))
        select $"{file.Path}: {found.Value}";

    /// <summary>Files that pick a port and let go of it before it is used.</summary>
    public static IEnumerable<string> PickedPorts(IEnumerable<SourceFile> files) =>
        from file in files where PortPicker().IsMatch(file.Text) select file.Path;

    private static bool IsShort(string seconds) =>
        !seconds.StartsWith("Deadlines.", StringComparison.Ordinal)
        && (!double.TryParse(seconds, CultureInfo.InvariantCulture, out var value) || value < 20);

    [GeneratedRegex(@"\b(select\s[^;]*?\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s)", RegexOptions.Singleline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\.BindConfiguration\(|\.ValidateOnStart\(|\bConfigure<\w+>\([^;=]*GetSection\(")]
    private static partial Regex OptionsBinding();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bStopwatch\.StartNew\b")]
    private static partial Regex MachineClock();

    [GeneratedRegex(
        @"(\bWaitAsync\(|\bCancelAfter\(|\bnew CancellationTokenSource\(|\bSetDefault\w*Timeout\(|\b(deadline"
            + @"|patience)\s*[:=]\s*)(TimeSpan\.From|\d)|\b\w*Timeout = TimeSpan\.From",
        RegexOptions.IgnoreCase)]
    private static partial Regex OwnDeadline();

    [GeneratedRegex(
        @"Elapsed[^;\n]*\.(BeLessThan|BeLessThanOrEqualTo|BeInRange|NotBeGreaterThan)\((TimeSpan\.FromSeconds\()?(?<seconds>[^)]*)\)")]
    private static partial Regex ElapsedBound();

    [GeneratedRegex(@"\bint \w*FreePort\w*\(")]
    private static partial Regex PortPicker();

    [GeneratedRegex(@"\bTask\.Delay\(|\bThread\.Sleep\(")]
    private static partial Regex Sleep();
}
