namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>What a repair has found.</summary>
/// <param name="IsForeign">
/// The counts come from another server: its dump was restored here, and its transactions' numbers mean nothing.
/// </param>
/// <param name="Differences">Counts that were wrong, at most a hundred of each kind; none normally.</param>
public sealed record CountReport(bool IsForeign, IReadOnlyList<CountDifference> Differences)
{
    /// <summary>How many of the differences are of errors and items: the last ones.</summary>
    public int TextDifferences { get; init; }

    public bool NothingToDo => !IsForeign && Differences.Count == 0;
}
