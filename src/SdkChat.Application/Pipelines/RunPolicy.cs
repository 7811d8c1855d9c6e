namespace SdkChat.Application.Pipelines;

/// <summary>The time limits for runs.</summary>
/// <param name="TimeLimit">From the kickoff. A run that has not finished by then has failed.</param>
/// <param name="PollTimeout">How long a shopper's poll waits for the pipeline before it returns the stored row.</param>
/// <param name="CheckInterval">How often the service asks for the state of a run that no client polls.</param>
public sealed record RunPolicy(TimeSpan TimeLimit, TimeSpan PollTimeout, TimeSpan CheckInterval);
