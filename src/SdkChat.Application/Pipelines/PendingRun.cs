using SdkChat.Domain.Chats;

namespace SdkChat.Application.Pipelines;

/// <summary>A run whose end has not been found, with its chat as storage has it now.</summary>
/// <param name="Chat">In progress.</param>
/// <param name="StartedAt">When the pipeline accepted the run; null until it has.</param>
/// <param name="Attempts">How often a node took it on since it last made progress; 1 the first time.</param>
/// <param name="Request">What starts it.</param>
public sealed record PendingRun(Chat Chat, DateTimeOffset? StartedAt, int Attempts, RunRequest Request);
