namespace SdkChat.Bench;

/// <summary>One thing that is measured, against a peer or a floor in the same run.</summary>
internal interface IBench
{
    /// <summary>What <c>--only</c> calls it.</summary>
    string Name { get; }

    /// <summary>Measures. Whatever it starts has ended when it returns.</summary>
    Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken);
}
