using SdkChat.Faults.Load;

namespace SdkChat.Faults.Verdicts;

/// <summary>How clients that lost their streams came back.</summary>
internal static class Reconnects
{
    public sealed record Counts(double LongestSeconds, int WorstSecond);

    public static Counts Count(IEnumerable<Watcher> watchers, DateTimeOffset since)
    {
        var gaps = (
            from watcher in watchers
            let sessions = watcher.Sessions
            from pair in sessions.Zip(sessions.Skip(1))
            where pair.First.EndedAt >= since
            select (Lost: pair.First.EndedAt!.Value, Back: pair.Second.ReadyAt)).ToArray();
        return gaps.Length == 0
            ? new Counts(0, 0)
            : new Counts(
                gaps.Max(gap => (gap.Back - gap.Lost).TotalSeconds),
                gaps.Max(gap => gaps.Count(other => other.Back >= gap.Back && other.Back < gap.Back.AddSeconds(1))));
    }
}
