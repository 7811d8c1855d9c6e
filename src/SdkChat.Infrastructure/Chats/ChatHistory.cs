using Dapper;
using SdkChat.Application.Chats;
using SdkChat.Application.Chats.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats;

internal sealed class ChatHistory(Database database) : IChatHistory, ICrossTenantChatHistory
{
    public Task<PageSlice<ChatListItem>> ListAsync(
        TenantId tenant, ProfileId? profile, PagePosition position, int size, CancellationToken cancellationToken) =>
        ListAsync(
            profile is null ? ChatListScope.Tenant : ChatListScope.TenantProfile,
            tenant, profile, position, size, cancellationToken);

    public Task<PageSlice<ChatListItem>> ListAsync(
        TenantId? tenant, ProfileId? profile, PagePosition position, int size, CancellationToken cancellationToken)
    {
        var scope = (tenant, profile) switch
        {
            ({ }, { }) => ChatListScope.TenantProfile,
            ({ }, null) => ChatListScope.Tenant,
            (null, { }) => ChatListScope.AnyTenantProfile,
            (null, null) => ChatListScope.Everything,
        };
        return ListAsync(scope, tenant, profile, position, size, cancellationToken);
    }

    public Task<ChatDetail?> FindAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken) =>
        FindAsync(ChatHistorySql.Detail, new { tenant = tenant.Value, chat = chat.Value }, cancellationToken);

    public Task<ChatDetail?> FindAsync(ChatId chat, CancellationToken cancellationToken) =>
        FindAsync(ChatHistorySql.CrossTenantDetail, new { chat = chat.Value }, cancellationToken);

    private async Task<PageSlice<ChatListItem>> ListAsync(
        ChatListScope scope, TenantId? tenant, ProfileId? profile, PagePosition position, int size, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        parameters.Add("size", size);
        if (tenant is { } owner)
            parameters.Add("tenant", owner.Value);
        if (profile is { } only)
            parameters.Add("profile", only.Value);
        AddPosition(parameters, position);

        var rows = await database.QueryAsync<ChatListRow>(ChatHistorySql.List(scope, position), parameters, cancellationToken);
        return new PageSlice<ChatListItem>(
            [.. rows.Where(row => row.ChatId is not null).Select(row => row.ToItem())],
            rows[0].Total,
            rows[0].Skipped);
    }

    private static void AddPosition(DynamicParameters parameters, PagePosition position)
    {
        if (position is PagePosition.Offset offset)
            parameters.Add("offset", offset.Rows);
        if (position is PagePosition.After { Key: var after })
            AddKey(parameters, after);
        if (position is PagePosition.Before { Key: var before })
            AddKey(parameters, before);
    }

    private static void AddKey(DynamicParameters parameters, ChatKey key)
    {
        parameters.Add("created_at", key.CreatedAt);
        parameters.Add("chat", key.Chat.Value);
    }

    private async Task<ChatDetail?> FindAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<ChatDetailRow>(sql, parameters, cancellationToken);
        return row?.ToDetail();
    }
}
