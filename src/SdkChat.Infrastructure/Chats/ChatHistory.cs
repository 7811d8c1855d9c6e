using System.Data.Common;
using Dapper;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats;

/// <inheritdoc cref="IChatHistory"/>
internal sealed class ChatHistory(Database database) : IChatHistory, ICrossTenantChatHistory
{
    /// <summary>The maximum number of triggers in one timeline. The number of triggers of a chat is not limited.</summary>
    private const int MaxTriggers = 500;

    private const int MaxTriggerBytes = 4 << 20;

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
                ChatSearchSql.Counts, new ChatSearchParameters(list), cancellationToken);
            return found!.ToCounts();
        }

        var row = await database.QuerySingleOrDefaultAsync<ChatCountsRow>(
            ChatHistorySql.Counts[list.Scope], new ChatListParameters(list), cancellationToken);
        return row!.ToCounts(list.Selection.Classes);
    }

    public Task<ChatDetail?> FindAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken) =>
        FindAsync(ChatHistorySql.Detail, new { tenant = tenant.Value, chat = chat.Value }, cancellationToken);

    public Task<ChatDetail?> FindAsync(ChatId chat, CancellationToken cancellationToken) =>
        FindAsync(ChatHistorySql.CrossTenantDetail, new { chat = chat.Value }, cancellationToken);

    public async Task<ChatTimeline?> FindTimelineAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken) =>
        ChatTimelineRow.ToTimeline(await database.QueryAsync<ChatTimelineRow>(
            ChatTimelineSql.Find, new { tenant = tenant.Value, chat = chat.Value, maxTriggers = MaxTriggers, maxBytes = MaxTriggerBytes }, cancellationToken));

    public async Task<ChatTimeline?> FindTimelineAsync(ChatId chat, CancellationToken cancellationToken) =>
        ChatTimelineRow.ToTimeline(await database.QueryAsync<ChatTimelineRow>(
            ChatTimelineSql.CrossTenantFind, new { chat = chat.Value, maxTriggers = MaxTriggers, maxBytes = MaxTriggerBytes }, cancellationToken));

    private Task<ChatDetail?> FindAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadSingleOrDefaultAsync(sql, parameters, ReadDetailAsync, cancellationToken);

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

    private Task<PageSlice<ChatListItem>> ListAsync(ChatListPage page, CancellationToken cancellationToken) => page.Filter.Query is null
        ? ReadListAsync(ChatHistorySql.List(page.Scope, page.Selection.Kind, page.Position), new ChatListParameters(page), page.Size, cancellationToken)
        : ReadListAsync(
            ChatSearchSql.List(isOfOneTenant: page.Tenant is not null, page.Position), new ChatSearchParameters(page), page.Size, cancellationToken);

    private Task<PageSlice<ChatListItem>> ReadListAsync(string sql, object parameters, int size, CancellationToken cancellationToken) =>
        database.ReadAsync(sql, parameters, (row, cancelled) => ChatListReader.ReadAsync(row, size, cancelled), cancellationToken);
}
