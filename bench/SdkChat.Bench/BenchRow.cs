namespace SdkChat.Bench;

/// <summary>One line of the table.</summary>
/// <param name="Bench">Which bench measured it.</param>
/// <param name="Measure">What was measured, with its unit.</param>
/// <param name="Ours">The service's value.</param>
/// <param name="Peer">What it is compared with; null where the target is a value, not a ratio.</param>
/// <param name="PeerName">Who that is.</param>
/// <param name="Target">What is wanted of the ratio, or of the value without a peer; null for a line that only informs.</param>
internal sealed record BenchRow(string Bench, string Measure, double Ours, double? Peer, string PeerName, Target? Target)
{
    public double? Ratio => Peer is > 0 ? Ours / Peer : null;

    /// <summary>Whether the target is met; null where there is none.</summary>
    public bool? Met => Target?.IsMetBy(Ratio ?? Ours);
}

/// <summary>A bound.</summary>
internal sealed record Target(double Bound, bool IsUpper)
{
    public static Target AtMost(double bound) => new(bound, IsUpper: true);

    public static Target AtLeast(double bound) => new(bound, IsUpper: false);

    public bool IsMetBy(double value) => IsUpper ? value <= Bound : value >= Bound;

    public override string ToString() => FormattableString.Invariant($"{(IsUpper ? "≤" : "≥")} {Bound:0.###}");
}
