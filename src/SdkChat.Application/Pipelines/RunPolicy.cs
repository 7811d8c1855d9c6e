namespace SdkChat.Application.Pipelines;

/// <summary>How patient the service is with the pipeline.</summary>
/// <param name="TimeLimit">From the kickoff; a run that has not finished by then has failed.</param>
/// <param name="PollPatience">How long a shopper's poll waits for the pipeline before it answers the stored row.</param>
/// <param name="CheckInterval">How often a run that nobody polls is asked about.</param>
public sealed record RunPolicy(TimeSpan TimeLimit, TimeSpan PollPatience, TimeSpan CheckInterval);
