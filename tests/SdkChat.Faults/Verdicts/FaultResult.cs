namespace SdkChat.Faults.Verdicts;

/// <summary>What one fault came to.</summary>
/// <param name="Committed">Transitions that were committed while it ran and that belong on the wire.</param>
/// <param name="Delivered">How often one of them arrived on a stream.</param>
/// <param name="Missing">How many did not arrive on a stream of their tenant that stayed connected.</param>
/// <param name="Duplicates">How many arrived twice on one stream.</param>
/// <param name="OutOfOrder">How many arrived before an earlier one of their chat.</param>
/// <param name="Foreign">How many arrived on a stream of another tenant.</param>
/// <param name="StreamsKept">Streams that stayed connected throughout.</param>
/// <param name="StreamsBroken">Streams that did not.</param>
/// <param name="ReconnectSeconds">After how long the last client behind the proxy that lost its stream had another.</param>
/// <param name="ReconnectsInTheWorstSecond">How many of them came back within one second.</param>
/// <param name="CallsOk">Calls of SDKs that succeeded.</param>
/// <param name="Calls503">Calls that got a clean 503.</param>
/// <param name="CallsProxy">Calls that got what a proxy says of a dead node, or no answer.</param>
/// <param name="CallsStrange">Calls that got anything else.</param>
/// <param name="Writes">Writes that were carried out.</param>
/// <param name="WritesLost">Accepted writes of which nothing, or nothing finished, is there.</param>
/// <param name="WritesTwice">Writes that were carried out more than once.</param>
/// <param name="HistoryMissing">Chats that the database has and history does not show.</param>
internal sealed record FaultResult(
    string Fault,
    string Backplane,
    int Committed,
    int Delivered,
    int Missing,
    int Duplicates,
    int OutOfOrder,
    int Foreign,
    int StreamsKept,
    int StreamsBroken,
    double ReconnectSeconds,
    int ReconnectsInTheWorstSecond,
    int CallsOk,
    int Calls503,
    int CallsProxy,
    int CallsStrange,
    int Writes,
    int WritesLost,
    int WritesTwice,
    int HistoryMissing,
    IReadOnlyList<string> Remarks)
{
    /// <summary>Whether everything that is promised was kept, and there was something to keep.</summary>
    public bool IsKept =>
        (Missing, Duplicates, OutOfOrder, Foreign, CallsStrange, WritesLost, WritesTwice, HistoryMissing) == default
        && Committed > 0 && Delivered > 0 && Writes > 0 && Remarks.Count == 0;
}
