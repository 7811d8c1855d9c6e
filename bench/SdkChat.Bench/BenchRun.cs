using SdkChat.Bench.History;

namespace SdkChat.Bench;

/// <summary>What every bench of a run is told.</summary>
/// <param name="Quick">A short run with small tenants, of a few minutes instead of about an hour.</param>
/// <param name="Say">Shows what is being done.</param>
/// <param name="History">The filled database of the benches that read history.</param>
internal sealed record BenchRun(bool Quick, Action<string> Say, SharedHistory History)
{
    /// <summary>One of two values, by how much time there is.</summary>
    public T Pick<T>(T quick, T full) => Quick ? quick : full;
}
