using SdkChat.Domain.Chats;

namespace SdkChat.Application.Pipelines;

/// <summary>What the pipeline says of a run.</summary>
public abstract record RunReport
{
    private RunReport()
    {
    }

    /// <summary>Accepted, and not finished yet.</summary>
    public sealed record Running : RunReport;

    /// <param name="BackListStatus">What the pipeline says of the back list; null when it says nothing.</param>
    public sealed record Completed(PipelineResult Result, string? BackListStatus) : RunReport;

    /// <param name="Error">Why there will be no result, fit for an admin to read; not blank.</param>
    public sealed record Failed(string Error) : RunReport;

    /// <summary>The pipeline knows nothing of the run: it has to be started (again).</summary>
    public sealed record Unknown : RunReport;

    /// <summary>Nothing was learned: the pipeline is away, too slow, or talks garbage. A later call may fare better.</summary>
    /// <param name="Reason">For logs; carries nothing of what was sent or received.</param>
    public sealed record NoAnswer(string Reason) : RunReport;
}
