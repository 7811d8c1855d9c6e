using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats;

/// <summary>
/// Reads the first pages of all chats of a tenant (<see cref="TenantPageSql"/>); those that are requested at the same time, with one
/// statement (docs/decisions/0057).
/// </summary>
internal sealed class TenantPages(Database database, TimeProvider clock)
{
    /// <summary>A page takes a few tenths of a millisecond of the database, and a caller waits for all pages of a statement.</summary>
    private const int MaxPages = 16;

    private readonly BatchReader<ChatListPage, PageSlice<ChatListItem>> _first =
        Create(database, ChatHistorySql.FirstOfTenant, ChatHistorySql.FirstOfTenants, clock);

    private readonly BatchReader<ChatListPage, PageSlice<ChatListItem>> _near =
        Create(database, ChatHistorySql.NearOfTenant, ChatHistorySql.NearOfTenants, clock);

    /// <summary>Whether <see cref="ChatHistorySql.List"/> has such a page read by this statement.</summary>
    public static bool AreReadBy(string list) =>
        ReferenceEquals(list, ChatHistorySql.FirstOfTenant) || ReferenceEquals(list, ChatHistorySql.NearOfTenant);

    /// <param name="list">The statement that reads the page alone.</param>
    public Task<PageSlice<ChatListItem>> ReadAsync(string list, ChatListPage page, CancellationToken cancellationToken) =>
        (ReferenceEquals(list, ChatHistorySql.FirstOfTenant) ? _first : _near).ReadAsync(page, cancellationToken);

    private static BatchReader<ChatListPage, PageSlice<ChatListItem>> Create(
        Database database, string one, string many, TimeProvider clock) =>
        new(
            (page, cancellationToken) => database.ReadAsync(
                one, new ChatListParameters(page), (row, cancelled) => ChatListReader.ReadAsync(row, page.Size, cancelled),
                cancellationToken),
            pages => database.ReadAsync(
                many, new ChatListsParameters(pages),
                (row, cancelled) => ChatListReader.ReadManyAsync(row, pages.Select(page => page.Size), cancelled), CancellationToken.None),
            database.BatchFailed,
            MaxPages,
            clock);
}
