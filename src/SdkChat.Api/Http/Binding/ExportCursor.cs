using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// The start of an export: the cursor of a list's first or next page, or the last row of an interrupted download as
/// <c>created_at,chat_id</c>.
/// </summary>
/// <param name="After">Null for the beginning.</param>
public readonly record struct ExportCursor(ChatKey? After)
{
    /// <summary>The number of characters of the longest cursor, which is that of a row.</summary>
    public const int MaxLength = InstantText.MaxLength + 1 + ScalarText.UuidLength;

    public static bool TryParse(string? text, out ExportCursor cursor)
    {
        cursor = default;
        if (PageCursor.TryParse(text, out var page))
        {
            cursor = new ExportCursor((page.Position as PagePosition.After)?.Key);
            return page == PageCursor.First || cursor.After is not null;
        }

        if (text is not { Length: <= MaxLength } || text.Split(',') is not [var createdAt, var chat]
            || !InstantText.TryParse(createdAt, out var instant)
            || !ScalarText.TryParseUuid(chat, out var id))
            return false;

        cursor = new ExportCursor(new ChatKey(instant, new ChatId(id)));
        return true;
    }
}
