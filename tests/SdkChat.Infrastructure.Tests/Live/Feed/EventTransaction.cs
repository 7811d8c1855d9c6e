using System.Text;
using Dapper;
using Npgsql;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>A transaction of some node that stores events, held open for as long as a test wants.</summary>
internal sealed class EventTransaction : IAsyncDisposable
{
    private const string Insert =
        """
        insert into chat_event (tenant_id, chat_id, profile_id, kind, notification_items, created_at)
        values (@tenant, @chat, @chat, @kind, @items, now())
        """;

    /// <summary>
    /// What the purge comes to, at once and to the event: it removes whatever it says may be gone, and not only whole slots.
    /// </summary>
    public const string Trim =
        """
        update chat_event_horizon set purged = @old::pg_snapshot where pg_snapshot_xmax(purged) < pg_snapshot_xmax(@old::pg_snapshot);
        delete from chat_event where xid < pg_snapshot_xmax(@old::pg_snapshot) and pg_visible_in_snapshot(xid, @old::pg_snapshot)
        """;

    private readonly NpgsqlConnection _connection;
    private NpgsqlTransaction? _transaction;

    private EventTransaction(NpgsqlConnection connection) => _connection = connection;

    public bool IsOpen => _transaction is not null;

    public static async Task<EventTransaction> ConnectAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return new EventTransaction(connection);
    }

    public async Task BeginAsync()
    {
        _transaction = await _connection.BeginTransactionAsync();
        // From here on it has a number, and every snapshot lists it as open.
        await _connection.ExecuteAsync("select pg_current_xact_id()");
    }

    public Task StoreAsync(Guid tenant, Guid chat, string kind = "chat_completed", string? items = null) => _connection.ExecuteAsync(
        Insert, new { tenant, chat, kind, items = items is null ? null : Encoding.UTF8.GetBytes(items) });

    public Task CommitAsync() => FinishAsync(transaction => transaction.CommitAsync());

    public Task RollbackAsync() => FinishAsync(transaction => transaction.RollbackAsync());

    public async Task ExecuteAsync(string sql) => await _connection.ExecuteAsync(sql);

    public Task<long> CountAsync(string sql) => _connection.ExecuteScalarAsync<long>(sql);

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private async Task FinishAsync(Func<NpgsqlTransaction, Task> finish)
    {
        await finish(_transaction!);
        await _transaction!.DisposeAsync();
        _transaction = null;
    }
}
