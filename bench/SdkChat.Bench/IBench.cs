namespace SdkChat.Bench;

/// <summary>One thing that is measured, against a peer or a floor in the same run.</summary>
internal interface IBench
{
    /// <summary>What <c>--only</c> calls it.</summary>
    string Name { get; }

    /// <summary>Whether it needs more time than a whole quick run has; <c>--only</c> runs it quickly as well.</summary>
    bool IsLong => false;

    /// <summary>Measures. Whatever it starts has ended when it returns.</summary>
    Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken);
}
