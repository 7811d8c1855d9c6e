using SdkChat.Domain.Chats;

namespace SdkChat.Application.Pipelines;

/// <summary>A run whose end has not been found, with its chat as storage has it now.</summary>
/// <param name="Chat">In progress.</param>
/// <param name="StartedAt">When the pipeline accepted the run; null until it has.</param>
/// <param name="Attempts">How often a node took it on since it last made progress; 1 the first time.</param>
/// <param name="Ticket">What it is asked after by.</param>
/// <param name="Request">What starts it; null once it has been started, and where the profile's document is too large to be sent.</param>
public sealed record PendingRun(Chat Chat, DateTimeOffset? StartedAt, int Attempts, RunTicket Ticket, RunRequest? Request);
