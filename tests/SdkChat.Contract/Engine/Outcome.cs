namespace SdkChat.Contract.Engine;

internal enum Verdict
{
    Kept,
    Broken,
    Skipped,
}

/// <summary>What came of one rule.</summary>
/// <param name="Reason">Why it was skipped.</param>
/// <param name="Broken">What was wrong.</param>
internal sealed record Outcome(Rule Rule, Verdict Verdict, TimeSpan Took, string? Reason = null, RuleBrokenException? Broken = null);
