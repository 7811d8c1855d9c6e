namespace SdkChat.Infrastructure.Profiles;

/// <summary>Statements on sessions. The unique index on open sessions decides concurrent starts.</summary>
internal static class ProfileSessionSql
{
    /// <summary>
    /// The profile is locked against its deletion. The lock of the foreign key is too weak for that, and an open session of a deleted
    /// profile would never be ended.
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
          returning s.session_id, s.started_at, s.ended_at, s.stamps
        )
        select closed.session_id, closed.started_at, closed.ended_at, closed.stamps
        from profile
        left join closed on true
        """;

    /// <summary>
    /// The update locks the session's row: the limit therefore holds, numbers are unique, and no stamp follows after <see cref="End"/>.
    /// <c>stamped</c> is null if nothing was stored.
    /// </summary>
    public const string Stamp =
        """
        with profile as (
          select profile_id from sdk_profile where tenant_id = @tenant and profile_id = @profile and deleted_at is null
        ), stamped as (
          update profile_session s
          set stamps = s.stamps + 1
          from profile
          where s.tenant_id = @tenant and s.profile_id = profile.profile_id and s.ended_at is null and s.stamps < @limit
          returning s.session_id, s.stamps as number, greatest(@at, s.started_at) as at
        ), stamp as (
          insert into session_stamp (session_id, number, tenant_id, status, meta, stamped_at)
          select session_id, number, @tenant, @status, @meta, at from stamped
        )
        select stamped.session_id as stamped, stamped.at as stamped_at
        from profile
        left join stamped on true
        """;

    /// <summary>
    /// Runs after a <see cref="Stamp"/> that stored nothing. As a separate statement it sees the stamps that Stamp had to wait for.
    /// </summary>
    public const string IsFull =
        """
        select exists (
          select from profile_session where tenant_id = @tenant and profile_id = @profile and ended_at is null and stamps >= @limit
        )
        """;

    /// <summary>
    /// Runs after <see cref="End"/>, in its transaction. As a separate statement it sees the stamps that End had to wait for.
    /// </summary>
    public const string Stamps =
        """
        select status, meta, stamped_at from session_stamp where tenant_id = @tenant and session_id = @session order by number
        """;
}
