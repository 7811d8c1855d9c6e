using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Chats.Idempotency;

/// <summary>A request that was processed, and its response.</summary>
/// <param name="Fingerprint">See <see cref="IdempotentRequest"/>.</param>
/// <param name="NotificationItems">The items in the response to a back-list trigger, to the byte; null for a kickoff.</param>
public sealed record IdempotencyRecord(ReadOnlyMemory<byte> Fingerprint, ChatId Chat, string BackListStatus, RawJson? NotificationItems);
