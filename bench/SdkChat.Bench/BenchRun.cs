using SdkChat.Bench.History;

namespace SdkChat.Bench;

/// <summary>What every bench of a run is told.</summary>
/// <param name="Quick">All of them together must end within 3 minutes; otherwise within 20.</param>
/// <param name="Say">Shows what is being done.</param>
/// <param name="History">The filled database of the benches that read history.</param>
internal sealed record BenchRun(bool Quick, Action<string> Say, SharedHistory History)
{
    /// <summary>One of two values, by how much time there is.</summary>
    public T Pick<T>(T quick, T full) => Quick ? quick : full;
}
