using SdkChat.Domain.Chats;

namespace SdkChat.Application.Pipelines;

/// <summary>The state of a run as the pipeline reports it.</summary>
public abstract record RunReport
{
    private RunReport()
    {
    }

    /// <summary>Accepted, and not finished yet.</summary>
    public sealed record Running : RunReport;

    /// <param name="BackListStatus">The pipeline's value for the back list; null if it sends none.</param>
    public sealed record Completed(PipelineResult Result, string? BackListStatus) : RunReport;

    /// <param name="Error">Why there is no result, readable for an admin; not blank.</param>
    public sealed record Failed(string Error) : RunReport;

    /// <summary>The pipeline does not know the run: it must be started (again).</summary>
    public sealed record Unknown : RunReport;

    /// <summary>The state is not known: the pipeline is down, too slow, or its response is invalid. A later call may succeed.</summary>
    /// <param name="Reason">For logs; contains nothing that was sent or received.</param>
    public sealed record NoAnswer(string Reason) : RunReport;
}
