using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Chats.Idempotency;

/// <summary>A wish that has been carried out, and what it was answered with.</summary>
/// <param name="Fingerprint">See <see cref="Wish"/>.</param>
/// <param name="NotificationItems">What a back-list trigger was answered with, to the byte; null for a kickoff.</param>
public sealed record WishRecord(ReadOnlyMemory<byte> Fingerprint, ChatId Chat, string BackListStatus, RawJson? NotificationItems);
