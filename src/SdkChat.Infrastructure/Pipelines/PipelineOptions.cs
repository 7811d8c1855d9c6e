using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>Address, time limits and retries of the pipeline (section <c>Pipeline</c>).</summary>
public sealed record PipelineOptions
{
    public const string Section = "Pipeline";

    /// <summary>
    /// Base address of the pipeline, for instance <c>https://pipeline.example.com/v2</c>; <c>/runs</c> is appended. Required by the
    /// published service; <c>./sdkchat up</c> has a demo pipeline where it is unset.
    /// </summary>
    public string? BaseUrl { get; init; }

    /// <summary>Seconds after a kickoff at which an unfinished run fails.</summary>
    [Range(1, 3600)]
    public int RunTimeoutSeconds { get; init; } = 120;

    /// <summary>Time limit of one attempt at a call, in seconds.</summary>
    [Range(0.1, 30)]
    public double AttemptTimeoutSeconds { get; init; } = 3;

    /// <summary>Time limit of one call with all its attempts, in seconds. Must not be less than the limit of one attempt.</summary>
    [Range(0.1, 60)]
    public double CallTimeoutSeconds { get; init; } = 10;

    /// <summary>Attempts after the first one, when the pipeline does not answer or answers 408, 429 or 5xx.</summary>
    [Range(0, 5)]
    public int Retries { get; init; } = 2;

    /// <summary>Seconds for which the circuit breaker stops calls after most of them have failed.</summary>
    [Range(0.5, 60)]
    public double BreakSeconds { get; init; } = 5;

    /// <summary>Seconds for which a poll of the SDK waits for the pipeline. After that it returns what is stored.</summary>
    [Range(0.1, 30)]
    public double PollTimeoutSeconds { get; init; } = 2;

    /// <summary>
    /// Seconds between two calls that ask for the state of one run, on one node. Polls in between are answered from the last report. 0 asks
    /// for each poll.
    /// </summary>
    [Range(0, 5)]
    public double AskIntervalSeconds { get; init; } = 0.5;

    /// <summary>Seconds between two checks of runs that no app polls. The contract allows 30 s in total, which leaves at most 10.</summary>
    [Range(0.1, 10)]
    public double SweepIntervalSeconds { get; init; } = 5;

    /// <summary>Runs that one node follows at the same time.</summary>
    [Range(1, 1000)]
    public int MaxConcurrentRuns { get; init; } = 16;

    internal TimeSpan AttemptTimeout => TimeSpan.FromSeconds(AttemptTimeoutSeconds);

    internal TimeSpan CallTimeout => TimeSpan.FromSeconds(CallTimeoutSeconds);

    internal TimeSpan AskInterval => TimeSpan.FromSeconds(AskIntervalSeconds);

    internal TimeSpan SweepInterval => TimeSpan.FromSeconds(SweepIntervalSeconds);

    /// <summary>How long a run belongs to the node that claimed it: the longest call, and time to store its result.</summary>
    internal TimeSpan Lease => CallTimeout + TimeSpan.FromSeconds(10);
}
