using SdkChat.Application.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Chats;

/// <summary>One row of <see cref="ChatTimelineSql"/>.</summary>
internal sealed record ChatTimelineRow(
    Guid TenantId, DateTime At, int Type, string? Status, byte[]? Meta, string? LastError, byte[]? Items, long Omitted)
{
    /// <returns>Null if there are no rows: the chat does not exist.</returns>
    public static ChatTimeline? ToTimeline(IReadOnlyList<ChatTimelineRow> rows) =>
        rows.Count == 0 ? null : new ChatTimeline(new TenantId(rows[0].TenantId), [.. rows.Select(row => row.ToEntry())], rows[0].Omitted);

    private TimelineEntry ToEntry() => new(At, (TimelineEntryType)Type)
    {
        Status = Status,
        Meta = ToJson(Meta),
        LastError = LastError,
        NotificationItems = ToJson(Items),
    };

    private static RawJson? ToJson(byte[]? utf8) => utf8 is null ? null : new RawJson(utf8);
}
