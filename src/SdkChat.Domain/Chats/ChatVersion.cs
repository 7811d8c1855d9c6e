namespace SdkChat.Domain.Chats;

/// <summary>Identifies what is stored of a chat at one time: no two different states of a chat have the same version.</summary>
/// <param name="Revision">The number of transitions.</param>
/// <param name="UpdatedAt">Distinguishes two states of one revision, before and after a backup was restored.</param>
public readonly record struct ChatVersion(int Revision, DateTimeOffset UpdatedAt);
