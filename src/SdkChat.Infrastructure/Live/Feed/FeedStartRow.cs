namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>The row of <see cref="ChatEventSql.Start"/>.</summary>
internal sealed record FeedStartRow(string Seen, string LastXid, Guid Epoch, bool IsForeign);
