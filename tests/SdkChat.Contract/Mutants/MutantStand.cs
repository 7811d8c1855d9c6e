using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Mutants;

/// <summary>The service behind the mutating proxy and its credentials, which some mutants swap. A process has one.</summary>
internal static class MutantStand
{
    public static Means Means { get; set; } = null!;
}
