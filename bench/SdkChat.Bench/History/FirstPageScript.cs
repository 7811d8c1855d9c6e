using SdkChat.Infrastructure.Profiles;

namespace SdkChat.Bench.History;

/// <summary>The page alone, as pgbench takes it: the service's own statement, but for the total and the page's place. No service.</summary>
internal static class FirstPageScript
{
    public static string Create(Guid tenant) =>
        $"""
        select c.chat_id, c.tenant_id, c.profile_id, c.prompt, c.status, c.last_error, c.created_at, c.updated_at, c.ended_at, {ProfileSummaryReader.Columns}
        from (
          select chat_id, tenant_id, profile_id, prompt, status, last_error, created_at, updated_at, ended_at from sdk_chat
          where tenant_id = '{tenant}' order by created_at desc, chat_id desc limit 20
        ) c
        left join lateral (
          select summary_name, summary_gender, summary_age, summary_locale from sdk_profile
          where tenant_id = c.tenant_id and profile_id = c.profile_id limit 1
        ) p on true;
        """.ReplaceLineEndings(" ");
}
