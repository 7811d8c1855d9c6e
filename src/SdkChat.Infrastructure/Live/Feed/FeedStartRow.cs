namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>The row of <see cref="EventFeedSql.Start"/>.</summary>
internal sealed record FeedStartRow(string Seen, string LastXid, Guid Epoch, bool IsForeign);
