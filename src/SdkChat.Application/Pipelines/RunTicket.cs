using SdkChat.Domain.Chats;

namespace SdkChat.Application.Pipelines;

/// <summary>Identifies a run. Any node can create the ticket from the stored row.</summary>
/// <param name="Run">The id of the chat, which is also that of the run.</param>
/// <param name="KickedOffAt">The instant of the kickoff.</param>
/// <param name="Locale">The locale in the profile, such as <c>ja</c>; null if it has none.</param>
/// <param name="Prompt">The shopper's question.</param>
public sealed record RunTicket(ChatId Run, DateTimeOffset KickedOffAt, string? Locale, string Prompt);
