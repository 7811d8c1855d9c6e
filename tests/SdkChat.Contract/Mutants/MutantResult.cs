using System.Globalization;

namespace SdkChat.Contract.Mutants;

internal enum MutantVerdict
{
    Noticed,
    NotNoticed,
    Skipped,
}

/// <summary>What the command made of one broken promise.</summary>
/// <param name="Reason">Why it was skipped, or how it was noticed where the command did not end by itself.</param>
internal sealed record MutantResult(Mutant Mutant, MutantVerdict Verdict, TimeSpan Took, string? Reason = null)
{
    public string Text()
    {
        var verdict = Verdict switch
        {
            MutantVerdict.Noticed => "✓ noticed", MutantVerdict.NotNoticed => "✗ NOT NOTICED", _ => "– skipped",
        };
        var more = Reason is null ? string.Create(CultureInfo.InvariantCulture, $" ({Took.TotalSeconds:F0} s)") : $" ({Reason})";
        return $"{verdict,-14} {Mutant.Rule,-28} the service {Mutant.Name}{more}";
    }

    public static string Sum(IReadOnlyCollection<MutantResult> results)
    {
        int Count(MutantVerdict verdict) => results.Count(result => result.Verdict == verdict);
        return $"{Count(MutantVerdict.Noticed)} noticed, {Count(MutantVerdict.NotNoticed)} not noticed, {Count(MutantVerdict.Skipped)} "
            + "skipped";
    }
}
