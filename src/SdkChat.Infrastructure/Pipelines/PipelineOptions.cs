using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>The pipeline, and how patient the service is with it (section <c>Pipeline</c>).</summary>
public sealed record PipelineOptions
{
    public const string Section = "Pipeline";

    /// <summary>
    /// Where the pipeline is, for instance <c>https://pipeline.example.com/v2</c>: <c>/runs</c> is added to it. Without it
    /// the demo pipeline answers; in Production it must be set.
    /// </summary>
    public string? BaseUrl { get; init; }

    /// <summary>Seconds from a kickoff after which a run that has not finished has failed.</summary>
    [Range(1, 3600)]
    public int RunTimeoutSeconds { get; init; } = 120;

    /// <summary>Seconds one attempt at a call may take.</summary>
    [Range(0.1, 30)]
    public double AttemptTimeoutSeconds { get; init; } = 3;

    /// <summary>Seconds one call may take with all its attempts. Not less than one attempt's.</summary>
    [Range(0.1, 60)]
    public double CallTimeoutSeconds { get; init; } = 10;

    /// <summary>Attempts after the first, when the pipeline is away or answers 408, 429 or 5xx.</summary>
    [Range(0, 5)]
    public int Retries { get; init; } = 2;

    /// <summary>Seconds during which the pipeline is left alone once most calls to it have failed.</summary>
    [Range(0.5, 60)]
    public double BreakSeconds { get; init; } = 5;

    /// <summary>Seconds a shopper's poll waits for the pipeline before it answers what is stored.</summary>
    [Range(0.1, 30)]
    public double PollTimeoutSeconds { get; init; } = 2;

    /// <summary>How often, in seconds, runs that nobody polls are asked about. The contract's 30 s leave room for 10.</summary>
    [Range(0.1, 10)]
    public double SweepIntervalSeconds { get; init; } = 5;

    /// <summary>Runs a node looks after at the same time.</summary>
    [Range(1, 1000)]
    public int MaxConcurrentRuns { get; init; } = 16;

    internal TimeSpan AttemptTimeout => TimeSpan.FromSeconds(AttemptTimeoutSeconds);

    internal TimeSpan CallTimeout => TimeSpan.FromSeconds(CallTimeoutSeconds);

    internal TimeSpan SweepInterval => TimeSpan.FromSeconds(SweepIntervalSeconds);

    /// <summary>For how long a run belongs to the node that took it on: the longest call, and time to store what it brought.</summary>
    internal TimeSpan Lease => CallTimeout + TimeSpan.FromSeconds(10);
}
