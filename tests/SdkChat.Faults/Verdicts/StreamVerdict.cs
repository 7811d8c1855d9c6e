using SdkChat.Faults.Load;

namespace SdkChat.Faults.Verdicts;

/// <summary>Compares what streams got with what was committed.</summary>
internal static class StreamVerdict
{
    public sealed record Counts(int Delivered, int Missing, int Duplicates, int OutOfOrder, int Foreign, int Kept, int Broken);

    /// <param name="committed">What was committed during the round.</param>
    /// <param name="clients">Whose each client is, and the streams it has had.</param>
    /// <param name="since">When the round began: a stream that was open then and still is stayed connected.</param>
    public static Counts Create(
        IReadOnlyList<CommittedRow> committed, IEnumerable<(Guid Tenant, IReadOnlyList<WatcherSession> Sessions)> clients,
        DateTimeOffset since)
    {
        var rows = committed.ToDictionary(row => row.Identity);
        var (delivered, missing, duplicates, outOfOrder, foreign, kept, broken) = (0, 0, 0, 0, 0, 0, 0);
        foreach (var (tenant, sessions) in clients)
        {
            foreach (var session in sessions.Where(session => session.EndedAt is null || session.EndedAt >= since))
            {
                var received = session.Received.Where(rows.ContainsKey).ToArray();
                delivered += received.Length;
                foreign += received.Count(identity => rows[identity].TenantId != tenant);
                duplicates += received.Length - received.Distinct().Count();
                outOfOrder += OutOfOrder(received, rows);
                if (session.EndedAt is not null)
                    broken++;
                else if (session.ReadyAt <= since)
                    kept++;
                if (session.IsOpen)
                    missing += Missing(committed, tenant, session, [.. received]);
            }
        }

        return new Counts(delivered, missing, duplicates, outOfOrder, foreign, kept, broken);
    }

    /// <summary>Everything that was committed after the client had <c>ready</c> in its hands must be there.</summary>
    private static int Missing(
        IReadOnlyList<CommittedRow> committed, Guid tenant, WatcherSession session, HashSet<EventIdentity> received) =>
        committed.Count(row => row.TenantId == tenant && row.CommittedAt > session.ReadyAt.UtcDateTime && !received.Contains(row.Identity));

    private static int OutOfOrder(EventIdentity[] received, Dictionary<EventIdentity, CommittedRow> rows)
    {
        var last = new Dictionary<Guid, long>();
        var wrong = 0;
        foreach (var row in received.Select(identity => rows[identity]))
        {
            if (last.TryGetValue(row.ChatId, out var before) && before > row.EventId)
                wrong++;
            last[row.ChatId] = row.EventId;
        }

        return wrong;
    }
}
