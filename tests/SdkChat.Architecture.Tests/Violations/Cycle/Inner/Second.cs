namespace SdkChat.Architecture.Tests.Violations.Cycle.Inner;

/// <summary>See <see cref="First"/>.</summary>
internal sealed class Second
{
    public static IReadOnlyList<First> Firsts { get; } = [];
}
