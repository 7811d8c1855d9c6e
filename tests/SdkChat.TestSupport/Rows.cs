using Dapper;
using Npgsql;

namespace SdkChat.TestSupport;

/// <summary>
/// Puts rows into a test's database past the service, and as its owner, so that a test of reading does not rest on writing.
/// </summary>
public sealed class Rows(string connectionString)
{
    private static readonly DateTimeOffset Start = new(2026, 4, 23, 5, 28, 8, TimeSpan.Zero);

    public async Task<Guid> TenantAsync(string code, bool enabled = true)
    {
        var tenant = Guid.CreateVersion7();
        await ExecuteAsync(
            "insert into tenant (tenant_id, code, name, enabled) values (@tenant, @code, @code, @enabled)", new { tenant, code, enabled });
        return tenant;
    }

    public async Task<Guid> ProfileAsync(Guid tenant, string data = "{}")
    {
        var profile = Guid.CreateVersion7();
        await ExecuteAsync(
            """
            insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
            values (@profile, @tenant, @data::jsonb, @Start, @Start)
            """,
            new { profile, tenant, data, Start });
        return profile;
    }

    /// <summary>A chat in progress, unless <paramref name="status"/> says otherwise; completed ones get a small result.</summary>
    public async Task<Guid> ChatAsync(
        Guid tenant, Guid profile, DateTimeOffset? createdAt = null, string status = "in_progress", Guid? chat = null,
        string? notificationItems = null)
    {
        var id = chat ?? Guid.CreateVersion7();
        var at = createdAt ?? Start;
        var items = status == "completed" ? System.Text.Encoding.UTF8.GetBytes(notificationItems ?? "[]") : null;
        await ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, pipeline_todos,
              pipeline_recommended_items, pipeline_notification_items, last_error, created_at, updated_at, ended_at)
            values (@id, @tenant, @profile, 'Dinner ideas?', @status, 'not_started', @items, @items, @items,
              case when @status = 'error' then 'The pipeline failed.' end, @at, @at, case when @status = 'ended' then @at end)
            """,
            new { id, tenant, profile, status, items, at });
        return id;
    }

    /// <summary>An event as a transition of another node would have stored it, with the notification that wakes the nodes.</summary>
    /// <param name="notificationItems">JSON, with <c>backlist_triggered</c> alone.</param>
    public Task EventAsync(Guid tenant, Guid profile, Guid chat, string kind, string? notificationItems = null) => ExecuteAsync(
        """
        insert into chat_event (tenant_id, chat_id, profile_id, kind, notification_items, created_at)
        values (@tenant, @chat, @profile, @kind, convert_to(@notificationItems, 'UTF8'), now());
        select pg_notify('sdkchat_events', '');
        """,
        new { tenant, chat, profile, kind, notificationItems });

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(await TestDatabase.OwnerOfAsync(connectionString));
        await connection.ExecuteAsync(sql, parameters);
    }

    public async Task<T> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(await TestDatabase.OwnerOfAsync(connectionString));
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }
}
