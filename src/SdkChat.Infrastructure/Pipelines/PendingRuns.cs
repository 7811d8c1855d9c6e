using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Pipelines;

internal sealed class PendingRuns(Database database) : IPendingRuns
{
    public async Task<IReadOnlyList<ClaimedRun>> ClaimAsync(
        int max, DateTimeOffset now, DateTimeOffset leasedUntil, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<ClaimedRow>(PendingRunSql.Claim, new { max, now, leasedUntil }, cancellationToken);
        return [.. rows.Select(row => new ClaimedRun(new TenantId(row.TenantId), new ChatId(row.ChatId)))];
    }

    public async Task<PendingRun?> FindAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<PendingRunRow>(
            PendingRunSql.Find, new { tenant = tenant.Value, chat = chat.Value }, cancellationToken);
        return row?.ToRun();
    }

    public async Task<PendingChat?> FindChatAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<PendingRunRow>(
            PendingRunSql.FindChat, new { tenant = tenant.Value, chat = chat.Value }, cancellationToken);
        return row?.ToChat();
    }

    public Task NoteAsync(
        TenantId tenant, ChatId chat, DateTimeOffset? startedAt, DateTimeOffset dueAt, bool progressed,
        CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            PendingRunSql.Note, new { tenant = tenant.Value, chat = chat.Value, startedAt, dueAt, progressed }, cancellationToken);

    private sealed record ClaimedRow(Guid TenantId, Guid ChatId);
}
