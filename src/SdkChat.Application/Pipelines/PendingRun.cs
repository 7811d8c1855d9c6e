using SdkChat.Domain.Chats;

namespace SdkChat.Application.Pipelines;

/// <summary>A run without a known end, with its chat as it is stored.</summary>
/// <param name="Chat">In progress.</param>
/// <param name="StartedAt">When the pipeline accepted the run; null until it has.</param>
/// <param name="Attempts">How often a node has claimed it since it last made progress; 1 the first time.</param>
/// <param name="Ticket">The data for asking for its state.</param>
/// <param name="Request">
/// The data for starting it; null if it has been started, or if the profile's document is too large to be sent.
/// </param>
public sealed record PendingRun(Chat Chat, DateTimeOffset? StartedAt, int Attempts, RunTicket Ticket, RunRequest? Request);
