namespace SdkChat.Contract.Engine;

/// <summary>The service does not do what the contract says.</summary>
/// <param name="request">A line that shows it again; null where no single request does.</param>
internal sealed class RuleBrokenException(string expected, string came, string? request = null)
    : Exception($"expected {expected}, came {came}")
{
    public string Expected { get; } = expected;

    public string Came { get; } = came;

    public string? Request { get; } = request;
}
