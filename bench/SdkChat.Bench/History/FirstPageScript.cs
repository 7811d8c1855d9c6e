namespace SdkChat.Bench.History;

/// <summary>The page alone, as pgbench takes it: no total, no page number, no service.</summary>
internal static class FirstPageScript
{
    public static string Of(Guid tenant) =>
        $"""
        with page as materialized (
          select chat_id, tenant_id, profile_id, prompt, status, last_error, created_at, updated_at, ended_at from sdk_chat
          where tenant_id = '{tenant}' order by created_at desc, chat_id desc limit 20
        )
        select c.*, p.data ->> 'name', p.data ->> 'gender', p.data ->> 'age', p.data ->> 'locale'
        from page c
        left join lateral (select data from sdk_profile where tenant_id = c.tenant_id and profile_id = c.profile_id limit 1) p on true
        order by c.created_at desc, c.chat_id desc;
        """.ReplaceLineEndings(" ");
}
