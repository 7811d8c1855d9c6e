using Dapper;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats.Idempotency;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats;

internal sealed class ChatRepository(
    Database database, ChatLookups lookups, IdempotencyRecords records, IEventSignal events, LiveMetrics metrics, CountSignal counts,
    TenantChanges changes)
    : IChatRepository
{
    public Task<ChatLookup> FindAsync(TenantId tenant, ProfileId profile, ChatId chat, CancellationToken cancellationToken) =>
        lookups.FindAsync(new ChatKeyParameters(tenant, profile, chat), cancellationToken);

    public Task<ChatLookup> FindChangedAsync(
        TenantId tenant, ProfileId profile, ChatId chat, ChatVersion known, CancellationToken cancellationToken) =>
        lookups.FindAsync(new ChatKeyParameters(tenant, profile, chat, known), cancellationToken);

    public Task<ChatLookup> FindNewestCompletedAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken) =>
        database.ReadAsync(
            ChatLookupSql.FindNewestCompleted, new ChatKeyParameters(tenant, profile, Chat: null), ChatLookupReader.ReadAsync,
            cancellationToken);

    public Task<ChatWrite> AddAsync(TenantId tenant, Chat chat, IdempotentRequest? request, CancellationToken cancellationToken) =>
        WriteAsync(tenant, chat, request, cancellationToken);

    public Task<ChatWrite> SaveAsync(TenantId tenant, Chat chat, IdempotentRequest? request, CancellationToken cancellationToken) =>
        WriteAsync(tenant, chat, request, cancellationToken);

    private async Task<ChatWrite> WriteAsync(TenantId tenant, Chat chat, IdempotentRequest? request, CancellationToken cancellationToken)
    {
        if (chat.State.Tenant != tenant || chat.Raised is not [var happened])
            throw new ArgumentException("One write stores one transition of a chat of this tenant.", nameof(chat));

        var write = new CommandDefinition(
            ChatWriteSql.Get(happened), new ChatParameters(chat.State, chat.StoredRevision, happened),
            cancellationToken: cancellationToken);
        var outcome = await StoreAsync(
            tenant,
            connection =>
                request is null
                    ? ExecuteAsync(connection, write)
                    : ExecuteAsync(connection, write, chat.State, request, happened, cancellationToken),
            cancellationToken);

        if (outcome == ChatWrite.Done)
        {
            counts.ChatChanged();
            events.EventsCommitted(ChatEventKinds.ToLiveEvent(happened));
            metrics.EventCommitted(ChatEventKinds.Get(happened));
        }

        return outcome;
    }

    private async Task<ChatWrite> StoreAsync(
        TenantId tenant, Func<NpgsqlConnection, Task<ChatWrite>> write, CancellationToken cancellationToken)
    {
        try
        {
            return await database.RunAsync(write, cancellationToken);
        }
        catch (PostgresException exception) when (ForeignKeyViolation.IsCauseOf(exception))
        {
            throw NotFoundException.Profile();
        }
        finally
        {
            // Whatever the outcome: the change may be committed, or another node's may be that the caller is told about.
            changes.Changed(tenant);
        }
    }

    /// <summary>A single statement is its own transaction.</summary>
    private static async Task<ChatWrite> ExecuteAsync(NpgsqlConnection connection, CommandDefinition write) =>
        await connection.ExecuteAsync(write) > 0 ? ChatWrite.Done : ChatWrite.Conflict;

    /// <summary>
    /// The record is written first: if the same request is sent to two nodes at once, the second waits here for the first to commit, and
    /// then finds the record. If the change fails, the record is rolled back with it.
    /// </summary>
    private async Task<ChatWrite> ExecuteAsync(
        NpgsqlConnection connection, CommandDefinition write, ChatState state, IdempotentRequest request, IDomainEvent happened,
        CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await records.TryRecordAsync(connection, state, request, ChatEventKinds.ItemsOf(happened), cancellationToken))
            return ChatWrite.AlreadyProcessed;
        if (await connection.ExecuteAsync(write) == 0)
            return ChatWrite.Conflict;

        await transaction.CommitAsync(cancellationToken);
        return ChatWrite.Done;
    }
}
