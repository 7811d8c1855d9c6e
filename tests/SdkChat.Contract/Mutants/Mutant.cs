using Microsoft.AspNetCore.Http;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Mutants;

/// <summary>One way to break the contract.</summary>
/// <param name="Name">What is wrong, for people.</param>
/// <param name="Rule">The rule that must say so.</param>
internal sealed record Mutant(string Name, string Rule)
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        .. CallerMutants.All, .. TokenMutants.All, .. AnswerMutants.All, .. HistoryMutants.All, .. FilterMutants.All, .. SdkMutants.All,
        .. StreamMutants.All, .. KeyMutants.All, .. SearchMutants.All, .. ExportMutants.All, .. WaitMutants.All,
    ];

    /// <summary>Changes what the service is asked.</summary>
    public Action<HttpRequestMessage>? Request { get; init; }

    /// <summary>Changes what it answered; of a stream the headers alone.</summary>
    public Action<Reply>? Reply { get; init; }

    /// <summary>What a reader gets for one block of its stream.</summary>
    public Func<string, HttpContext, IEnumerable<string>>? Block { get; init; }

    public string? LineEnd { get; init; }

    public bool NeverEndsStreams { get; init; }

    /// <summary>Mixes the stream that this token opens into every other.</summary>
    public Func<string>? AlsoStreamOf { get; init; }

    /// <summary>The credentials of <see cref="MutantStand"/> that it uses.</summary>
    public Needs Swaps { get; init; }

    public override string ToString() => Name;
}
