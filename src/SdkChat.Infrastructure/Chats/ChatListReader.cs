using System.Data.Common;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Profiles;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats;

/// <summary>
/// Reads the rows of a list statement from the connection. Dapper's row mapping would box each value and needs an object per row, which is
/// a fifth of what a page allocates (docs/performance-decisions.md).
/// </summary>
internal static class ChatListReader
{
    /// <summary>How many earlier rows are compared: all of a page of the usual size.</summary>
    private const int ComparedItems = 20;

    /// <summary>The columns of a list statement, in their order. In the row of an empty page, all after the third are null.</summary>
    private enum Column
    {
        Total,
        Skipped,

        /// <summary>Only in a search: whether counting was cut off at the total.</summary>
        IsLowerBound,
        ChatId,
        TenantId,
        ProfileId,
        Prompt,
        Status,
        LastError,
        CreatedAt,
        UpdatedAt,
        EndedAt,
        Name,
        Gender,
        Age,
        Locale,

        /// <summary>Only where several pages are read: the place of the page among them, from 1.</summary>
        Number,
    }

    /// <param name="size">The maximum number of rows.</param>
    public static async Task<PageSlice<ChatListItem>> ReadAsync(DbDataReader row, int size, CancellationToken cancellationToken)
    {
        var (page, texts) = (new Page(size), new ShortTexts());
        while (await row.ReadAsync(cancellationToken))
            page.Add(row, texts);
        return page.ToSlice();
    }

    /// <param name="sizes">The maximum number of rows of each page.</param>
    /// <returns>The pages, in this order.</returns>
    public static async Task<PageSlice<ChatListItem>[]> ReadManyAsync(
        DbDataReader row, IEnumerable<int> sizes, CancellationToken cancellationToken)
    {
        var (pages, texts) = (sizes.Select(size => new Page(size)).ToArray(), new ShortTexts());
        while (await row.ReadAsync(cancellationToken))
            pages[row.GetInt32((int)Column.Number) - 1].Add(row, texts);
        return Array.ConvertAll(pages, page => page.ToSlice());
    }

    private static ChatListItem ReadItem(DbDataReader row, List<ChatListItem> earlier, ShortTexts texts)
    {
        var (tenant, profile) = (new TenantId(row.GetGuid((int)Column.TenantId)), new ProfileId(row.GetGuid((int)Column.ProfileId)));
        return new ChatListItem
        {
            Tenant = tenant,
            Chat = new ChatId(row.GetGuid((int)Column.ChatId)),
            Profile = profile,
            ProfileSummary = FindSummary(tenant, profile, earlier) ?? ReadSummary(row, texts),
            Prompt = row.GetString((int)Column.Prompt),
            Status = ChatStatusNames.Parse(texts.Read(row, (int)Column.Status)!),
            LastError = Text(row, Column.LastError),
            CreatedAt = row.GetDateTime((int)Column.CreatedAt),
            UpdatedAt = row.GetDateTime((int)Column.UpdatedAt),
            EndedAt = row.IsDBNull((int)Column.EndedAt) ? null : row.GetDateTime((int)Column.EndedAt),
        };
    }

    /// <summary>A shopper often has several chats on a page. All rows are from one snapshot, so their summaries are equal.</summary>
    private static ProfileSummary? FindSummary(TenantId tenant, ProfileId profile, List<ChatListItem> earlier)
    {
        for (var i = earlier.Count - 1; i >= Math.Max(earlier.Count - ComparedItems, 0); i--)
        {
            if (earlier[i].Profile == profile && earlier[i].Tenant == tenant)
                return earlier[i].ProfileSummary;
        }

        return null;
    }

    private static ProfileSummary ReadSummary(DbDataReader row, ShortTexts texts) => ProfileSummaryReader.Read(
        Text(row, Column.Name), texts.Read(row, (int)Column.Gender), texts.Read(row, (int)Column.Age), texts.Read(row, (int)Column.Locale));

    private static string? Text(DbDataReader row, Column column) => row.IsDBNull((int)column) ? null : row.GetString((int)column);

    /// <summary>The rows of a page, as they come.</summary>
    private sealed class Page(int size)
    {
        private readonly List<ChatListItem> _items = new(size);
        private long _total;
        private long _skipped;
        private bool _isLowerBound;

        public void Add(DbDataReader row, ShortTexts texts)
        {
            (_total, _skipped, _isLowerBound) = (
                row.GetInt64((int)Column.Total), row.GetInt64((int)Column.Skipped), row.GetBoolean((int)Column.IsLowerBound));
            if (!row.IsDBNull((int)Column.ChatId))
                _items.Add(ReadItem(row, _items, texts));
        }

        public PageSlice<ChatListItem> ToSlice()
        {
            _items.Sort(static (one, other) => ChatKey.Compare(one.Key, other.Key));
            return new PageSlice<ChatListItem>(_items, _total, _skipped, _isLowerBound);
        }
    }
}
