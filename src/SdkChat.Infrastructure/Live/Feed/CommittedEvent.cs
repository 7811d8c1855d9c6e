using SdkChat.Domain.Chats;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>An event, and the transaction that wrote it.</summary>
internal sealed record CommittedEvent(ulong Xid, IDomainEvent Event);
