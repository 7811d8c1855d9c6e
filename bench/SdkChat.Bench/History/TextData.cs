using Dapper;
using Npgsql;

namespace SdkChat.Bench.History;

/// <summary>
/// The errors and items of filled tenants by time (docs/decisions/0050), at once: the service's worker would read old chats for an hour,
/// beside what is measured.
/// </summary>
internal static class TextData
{
    private static readonly string[] Statements =
    [
        "set synchronous_commit = off; set work_mem = '256MB'",
        "truncate chat_slot_text, chat_text_pack",
        """
        insert into chat_slot_text (tenant_id, level, slot_at, kind, key, chats, text)
        select tenant_id, 1, chat_text_slot(1, created_at), kind, hashtextextended(text collate "C", 0), count(*), text
        from (
          select tenant_id, created_at, 'e'::"char" as kind, last_error as text from sdk_chat where status = 'error'
          union all
          select c.tenant_id, c.created_at, 'i', item.name
          from sdk_chat c
          cross join lateral (
            select distinct i ->> 'name' as name from json_array_elements(convert_from(c.pipeline_recommended_items, 'UTF8')::json) i
          ) item
          where c.status = 'completed'
        ) named
        group by 1, 3, 4, 7
        """,
        LevelFrom(1),
        LevelFrom(2),
        "analyze chat_slot_text",
        """
        update chat_count_watermark
        set texts_from = '-infinity', texts_open_xids = '{}',
            texts_last_xid = greatest((select max(xid) from sdk_chat), (select max(final_xid) from sdk_chat), (select max(triggered_xid) from sdk_chat))
        """,
        "do $$ begin loop exit when chat_text_pack_due(100000000); end loop; end $$",
        "vacuum (analyze) chat_text_pack",
    ];

    public static async Task BuildAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        foreach (var sql in Statements)
            await connection.ExecuteAsync(new CommandDefinition(sql, commandTimeout: 0, cancellationToken: cancellationToken));
    }

    private static string LevelFrom(int below) =>
        $"""
        insert into chat_slot_text (tenant_id, level, slot_at, kind, key, chats, text)
        select tenant_id, {below + 1}, chat_text_slot({below + 1}, slot_at), kind, key, sum(chats), text
        from chat_slot_text
        where level = {below}
        group by 1, 3, 4, 5, 7
        """;
}
