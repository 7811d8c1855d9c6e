namespace SdkChat.Infrastructure.Profiles;

/// <summary>Statements on sessions. The unique index on open sessions decides every race.</summary>
internal static class ProfileSessionSql
{
    /// <summary>
    /// The profile is locked against its deletion: the foreign key's own lock lets it pass, and an open session on a deleted profile
    /// would never be ended.
    /// </summary>
    public const string Start =
        """
        with profile as (
          select profile_id from sdk_profile where tenant_id = @tenant and profile_id = @profile and deleted_at is null for share
        ), opened as (
          insert into profile_session (session_id, tenant_id, profile_id, started_at)
          select @session, @tenant, profile_id, @at from profile
          on conflict (tenant_id, profile_id) where ended_at is null do nothing
          returning session_id, started_at, ended_at
        )
        select opened.session_id, opened.started_at, opened.ended_at
        from profile
        left join opened on true
        """;

    public const string End =
        """
        with profile as (
          select profile_id from sdk_profile where tenant_id = @tenant and profile_id = @profile and deleted_at is null
        ), closed as (
          update profile_session s
          set ended_at = greatest(@at, s.started_at)
          from profile
          where s.tenant_id = @tenant and s.profile_id = profile.profile_id and s.ended_at is null
          returning s.session_id, s.started_at, s.ended_at
        )
        select closed.session_id, closed.started_at, closed.ended_at
        from profile
        left join closed on true
        """;
}
