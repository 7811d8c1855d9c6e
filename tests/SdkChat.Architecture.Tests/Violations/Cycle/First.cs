using SdkChat.Architecture.Tests.Violations.Cycle.Inner;

namespace SdkChat.Architecture.Tests.Violations.Cycle;

/// <summary>Uses a namespace that uses this one, in code alone.</summary>
internal sealed class First
{
    public static string Describe() => typeof(Second).Name;
}
