using SdkChat.Application.Chats;
using SdkChat.Application.Chats.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats;

/// <summary>Reads the history. Who asks for the same while it is being read shares the next reading.</summary>
internal sealed class ChatHistory : IChatHistory, ICrossTenantChatHistory
{
    private readonly Database _database;
    private readonly SharedReadings<ChatListKey, PageSlice<ChatListItem>> _lists;
    private readonly SharedReadings<(TenantId? Tenant, ChatId Chat), ChatDetail?> _details;

    public ChatHistory(Database database, TimeProvider clock)
    {
        _database = database;
        _lists = new(ReadListAsync, clock);
        _details = new(ReadDetailAsync, clock);
    }

    public Task<PageSlice<ChatListItem>> ListAsync(
        TenantId tenant, ProfileId? profile, PagePosition position, int size, CancellationToken cancellationToken) =>
        _lists.ReadAsync(new ChatListKey(tenant, profile, position, size), cancellationToken);

    public Task<PageSlice<ChatListItem>> ListAsync(
        TenantId? tenant, ProfileId? profile, PagePosition position, int size, CancellationToken cancellationToken) =>
        _lists.ReadAsync(new ChatListKey(tenant, profile, position, size), cancellationToken);

    public Task<ChatDetail?> FindAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken) =>
        _details.ReadAsync((tenant, chat), cancellationToken);

    public Task<ChatDetail?> FindAsync(ChatId chat, CancellationToken cancellationToken) => _details.ReadAsync((null, chat), cancellationToken);

    private async Task<PageSlice<ChatListItem>> ReadListAsync(ChatListKey list, CancellationToken cancellationToken)
    {
        var rows = await _database.QueryAsync<ChatListRow>(
            ChatHistorySql.List(list.Scope, list.Position), new ChatListParameters(list), cancellationToken);
        return new PageSlice<ChatListItem>(ChatListRow.ToItems(rows), rows[0].Total, rows[0].Skipped);
    }

    private async Task<ChatDetail?> ReadDetailAsync((TenantId? Tenant, ChatId Chat) key, CancellationToken cancellationToken)
    {
        var row = key.Tenant is { } tenant
            ? await _database.QuerySingleOrDefaultAsync<ChatDetailRow>(
                ChatHistorySql.Detail, new { tenant = tenant.Value, chat = key.Chat.Value }, cancellationToken)
            : await _database.QuerySingleOrDefaultAsync<ChatDetailRow>(ChatHistorySql.CrossTenantDetail, new { chat = key.Chat.Value }, cancellationToken);
        return row?.ToDetail();
    }
}
