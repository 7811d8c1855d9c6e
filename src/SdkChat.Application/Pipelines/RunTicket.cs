using SdkChat.Domain.Chats;

namespace SdkChat.Application.Pipelines;

/// <summary>What identifies a run. Any node can make the ticket from the stored row, restarted or not.</summary>
/// <param name="Run">The chat's id is the run's.</param>
/// <param name="KickedOffAt">When the shopper asked.</param>
/// <param name="Locale">As the profile has it, for instance <c>ja</c>; null when it has none.</param>
/// <param name="Prompt">What the shopper asked.</param>
public sealed record RunTicket(ChatId Run, DateTimeOffset KickedOffAt, string? Locale, string Prompt);
