using SdkChat.Domain.Chats;

namespace SdkChat.Application.Pipelines;

/// <summary>A chat whose run has no known end, without data of its profile.</summary>
/// <param name="Chat">In progress.</param>
/// <param name="Attempts">How often a node has claimed the run since it last made progress; 1 the first time.</param>
public sealed record PendingChat(Chat Chat, int Attempts);
