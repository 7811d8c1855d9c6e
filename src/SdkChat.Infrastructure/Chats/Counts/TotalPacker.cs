namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// Packs running totals whose days have ended. In the node, since PostgreSQL takes many times as long to read histograms bin by bin.
/// </summary>
internal static class TotalPacker
{
    /// <summary>
    /// Totals that one transaction packs: a statement that deletes chats waits for it. 32 days of a list have up to 3,072.
    /// </summary>
    private const int MostTotals = 10_000;

    private const int MostPacks = 100;

    /// <returns>Whether none are left.</returns>
    public static async Task<bool> PackAsync(CountTransaction transaction)
    {
        var due = await transaction.QueryAsync<TotalPack>(TotalPackSql.Due, new { most = MostPacks });
        var (packs, totals) = (0, 0);
        for (; packs < due.Count && totals < MostTotals; packs++)
            totals += await PackAsync(transaction, due[packs]);
        return packs == due.Count && packs < MostPacks;
    }

    /// <summary>Packs that are not those of their totals, and totals without one. Reads every total.</summary>
    public static async Task<IReadOnlyList<CountDifference>> DifferencesAsync(CountTransaction transaction, int most)
    {
        var differences = new List<CountDifference>();
        foreach (var pack in await transaction.QueryAsync<TotalPack>(TotalPackSql.All))
        {
            var (ends, packed) = PackedTotals.Create(pack.SlotAt, await TotalsAsync(transaction, pack));
            var isRight = !pack.IsMissing && pack.Ends.AsSpan().SequenceEqual(ends) && pack.Packed.AsSpan().SequenceEqual(packed);
            if (!isRight && differences.Count < most)
                differences.Add(Difference(pack, packed));
        }

        return differences;
    }

    private static CountDifference Difference(TotalPack pack, byte[] made) => new()
    {
        Kind = pack.Kind, Scope = pack.Scope, Level = CountShape.Levels, LowerAt = pack.SlotAt.ToString("u"), Measure = "packed_totals",
        Counted = pack.Packed.Length, Actual = made.Length,
    };

    /// <returns>How many totals it has.</returns>
    private static async Task<int> PackAsync(CountTransaction transaction, TotalPack pack)
    {
        var totals = await TotalsAsync(transaction, pack);
        if (totals.Count == 0)
        {
            await transaction.ExecuteAsync(TotalPackSql.Remove, new { pack.Kind, pack.Scope, pack.SlotAt });
            return 0;
        }

        var (ends, packed) = PackedTotals.Create(pack.SlotAt, totals);
        await transaction.ExecuteAsync(TotalPackSql.Store, new { pack.Kind, pack.Scope, pack.SlotAt, ends, packed });
        return totals.Count;
    }

    private static Task<IReadOnlyList<RunningTotal>> TotalsAsync(CountTransaction transaction, TotalPack pack) =>
        transaction.QueryAsync<RunningTotal>(TotalPackSql.Totals, new { pack.Kind, pack.Scope, pack.SlotAt });
}
