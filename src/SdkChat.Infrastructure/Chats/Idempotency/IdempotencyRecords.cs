using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats.Idempotency;

internal sealed class IdempotencyRecords(Database database, IOptions<IdempotencyOptions> options, TimeProvider clock) : IIdempotencyStore
{
    private const int PurgeBatchSize = 5000;

    public async Task<IdempotencyRecord?> FindAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<Row>(
            IdempotencySql.Find, new { tenant = tenant.Value, key, now = clock.Now(), keepHours = options.Value.KeepHours },
            cancellationToken);
        return row?.ToRecord();
    }

    /// <summary>Writes the record into the transaction of the effect.</summary>
    /// <returns>False if the key belongs to a request that was already processed.</returns>
    public async Task<bool> TryRecordAsync(
        NpgsqlConnection connection, ChatState chat, IdempotentRequest request, RawJson? items, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            tenant = chat.Tenant.Value,
            key = request.Key,
            fingerprint = request.Fingerprint.ToArray(),
            chat = chat.Id.Value,
            profile = chat.Profile.Value,
            backListStatus = chat.BackListStatus,
            items = items?.Utf8.ToArray(),
            now = clock.Now(),
            keepHours = options.Value.KeepHours,
        };
        return await connection.ExecuteAsync(new CommandDefinition(
            IdempotencySql.Record, parameters, cancellationToken: cancellationToken)) > 0;
    }

    /// <summary>Deletes the expired records of all tenants.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var parameters = new { now = clock.Now(), keepHours = options.Value.KeepHours, max = PurgeBatchSize };
        while (await database.ExecuteAsync(IdempotencySql.Purge, parameters, cancellationToken) == PurgeBatchSize)
        {
        }
    }

    private sealed class Row
    {
        public byte[] Fingerprint { get; init; } = [];

        public Guid ChatId { get; init; }

        public string BackListStatus { get; init; } = "";

        public byte[]? NotificationItems { get; init; }

        public IdempotencyRecord ToRecord() => new(
            Fingerprint, new ChatId(ChatId), BackListStatus, NotificationItems is null ? null : new RawJson(NotificationItems));
    }
}
