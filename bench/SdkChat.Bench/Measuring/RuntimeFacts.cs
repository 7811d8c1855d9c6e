namespace SdkChat.Bench.Measuring;

/// <summary>What a process has taken of its collector since it started.</summary>
/// <param name="Allocated">Bytes, in all.</param>
/// <param name="FullCollections">How many collections looked at everything, in all.</param>
/// <param name="PausedSeconds">How long its threads stood still for collections, in all.</param>
/// <param name="LongestPauseMs">The longest single pause since somebody asked last.</param>
/// <param name="HeapBytes">The size of all objects; after a collection, of those in use.</param>
internal sealed record RuntimeFacts(long Allocated, int FullCollections, double PausedSeconds, double LongestPauseMs, long HeapBytes);
