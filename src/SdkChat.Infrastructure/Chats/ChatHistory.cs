using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats;

/// <inheritdoc cref="IChatHistory"/>
internal sealed class ChatHistory(HistoryDatabase database, TimeProvider clock) : IChatHistory, ICrossTenantChatHistory
{
    /// <summary>
    /// A page that begins at a younger chat is read from the primary: a standby that lags might lack chats below it, and the reader would
    /// never see them. Longer than any lag and any transaction that stores a chat.
    /// </summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>The maximum number of triggers in one timeline. The number of triggers of a chat is not limited.</summary>
    private const int MaxTriggers = 500;

    private const int MaxTriggerBytes = 4 << 20;

    /// <summary>For the primary, and for the standby if there is one.</summary>
    private readonly ConcurrentDictionary<Database, TenantPages> _pages = new();

    public Task<PageSlice<ChatListItem>> ListOfProfileAsync(
        TenantId tenant, ProfileId profile, ChatFilter filter, PagePosition position, int size, CancellationToken cancellationToken) =>
        ListAsync(database.Primary, new ChatListPage(tenant, filter with { Profile = profile }, position, size), cancellationToken);

    public Task<PageSlice<ChatListItem>> ListAsync(
        TenantId tenant, ChatFilter filter, PagePosition position, int size, CancellationToken cancellationToken) =>
        ListAsync(new ChatListPage(tenant, filter, position, size), cancellationToken);

    public Task<PageSlice<ChatListItem>> ListAsync(
        TenantId? tenant, ChatFilter filter, PagePosition position, int size, CancellationToken cancellationToken) =>
        ListAsync(new ChatListPage(tenant, filter, position, size), cancellationToken);

    public Task<ChatCounts> CountAsync(TenantId tenant, ChatFilter filter, CancellationToken cancellationToken) =>
        CountAsync((TenantId?)tenant, filter, cancellationToken);

    public async Task<ChatCounts> CountAsync(TenantId? tenant, ChatFilter filter, CancellationToken cancellationToken)
    {
        var list = new ChatListPage(tenant, filter, new PagePosition.Last(), 1);
        if (filter.Query is not null)
        {
            var found = await database.QuerySingleOrDefaultAsync<ChatSearchCountsRow>(
                tenant, ChatSearchSql.Counts, new ChatSearchParameters(list), cancellationToken);
            return found!.ToCounts();
        }

        var row = await database.QuerySingleOrDefaultAsync<ChatCountsRow>(
            tenant, ChatHistorySql.Counts[list.Scope], new ChatListParameters(list), cancellationToken);
        return row!.ToCounts(list.Selection.Classes);
    }

    public Task<ChatDetail?> FindAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken) =>
        FindAsync(tenant, ChatHistorySql.Detail, new ChatKeyParameters(tenant, Profile: null, chat), cancellationToken);

    public Task<ChatDetail?> FindAsync(ChatId chat, CancellationToken cancellationToken) =>
        FindAsync(null, ChatHistorySql.CrossTenantDetail, new ChatKeyParameters(Tenant: null, Profile: null, chat), cancellationToken);

    public Task<ChatDetail?> FindChangedAsync(TenantId tenant, ChatId chat, ChatVersion known, CancellationToken cancellationToken) =>
        FindAsync(tenant, ChatHistorySql.ChangedDetail, new ChatKeyParameters(tenant, Profile: null, chat, known), cancellationToken);

    public Task<ChatDetail?> FindChangedAsync(ChatId chat, ChatVersion known, CancellationToken cancellationToken) =>
        FindAsync(
            null, ChatHistorySql.ChangedCrossTenantDetail, new ChatKeyParameters(Tenant: null, Profile: null, chat, known),
            cancellationToken);

    public async Task<ChatTimeline?> FindTimelineAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken) =>
        ChatTimelineRow.ToTimeline(await database.QueryAsync<ChatTimelineRow>(
            tenant, ChatTimelineSql.Find,
            new { tenant = tenant.Value, chat = chat.Value, maxTriggers = MaxTriggers, maxBytes = MaxTriggerBytes }, cancellationToken));

    public async Task<ChatTimeline?> FindTimelineAsync(ChatId chat, CancellationToken cancellationToken) =>
        ChatTimelineRow.ToTimeline(await database.QueryAsync<ChatTimelineRow>(
            null, ChatTimelineSql.CrossTenantFind, new { chat = chat.Value, maxTriggers = MaxTriggers, maxBytes = MaxTriggerBytes },
            cancellationToken));

    private Task<ChatDetail?> FindAsync(TenantId? tenant, string sql, ChatKeyParameters parameters, CancellationToken cancellationToken) =>
        database.ReadSingleOrDefaultAsync(tenant, sql, parameters, ReadDetailAsync, cancellationToken);

    private static async Task<ChatDetail> ReadDetailAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        var (chat, memory) = (row.GetRowParser<ChatDetailRow>()(row), new ResultMemory());
        try
        {
            return chat.ToDetail(await memory.ReadAsync(row, cancellationToken), memory);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private TenantPages CreatePages(Database from) => new(from, clock);

    private Task<PageSlice<ChatListItem>> ListAsync(ChatListPage page, CancellationToken cancellationToken) =>
        ListAsync(IsSettled(page.Position) ? null : database.Primary, page, cancellationToken);

    private bool IsSettled(PagePosition position)
    {
        ChatKey? key = position switch
        {
            PagePosition.After(var after) => after,
            PagePosition.Following(var after) => after,
            PagePosition.Before(var before) => before,
            _ => null,
        };
        return key is not { CreatedAt: var createdAt } || clock.GetUtcNow() - createdAt > Settled;
    }

    /// <param name="primary">Null if a standby may answer.</param>
    private Task<PageSlice<ChatListItem>> ListAsync(Database? primary, ChatListPage page, CancellationToken cancellationToken)
    {
        var isSearch = page.Filter.Query is not null;
        var sql = isSearch
            ? ChatSearchSql.List(isOfOneTenant: page.Tenant is not null, page.Position)
            : ChatHistorySql.List(page.Scope, page.Selection.Kind, page.Position);
        if (primary is null && TenantPages.AreReadBy(sql))
            return database.ReadAsync(
                page.Tenant, from => _pages.GetOrAdd(from, CreatePages).ReadAsync(sql, page, cancellationToken), cancellationToken);

        object parameters = isSearch ? new ChatSearchParameters(page) : new ChatListParameters(page);
        return primary is null
            ? database.ReadAsync(page.Tenant, sql, parameters, ReadAsync, cancellationToken)
            : primary.ReadAsync(sql, parameters, ReadAsync, cancellationToken);

        Task<PageSlice<ChatListItem>> ReadAsync(DbDataReader row, CancellationToken cancelled) =>
            ChatListReader.ReadAsync(row, page.Size, cancelled);
    }
}
