namespace SdkChat.Infrastructure.Profiles;

/// <summary>
/// Statements on profiles. Only <c>deleted_at</c> tells a deleted one: its row stays for the history. Documents come as bytes,
/// and <c>convert_from</c> keeps the planner from reading them: a bad one must fail as the statement runs. Failing as it is
/// bound, in the very call that prepares it, leaves Npgsql 10.0.3 with a prepared statement that it believes to return
/// nothing, and every later call on that connection breaks.
/// </summary>
internal static class ProfileSql
{
    public const string Add =
        """
        insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
        values (@profile, @tenant, convert_from(@data, 'UTF8')::jsonb, @at, @at)
        """;

    /// <summary>A row without a document: there is one, and it is too large. So in the others.</summary>
    public const string Find =
        $"""
        select {ProfileDocumentSql.Text} as document
        from (
          select data as document
          from sdk_profile
          where tenant_id = @tenant and profile_id = @profile and deleted_at is null
        ) d
        """;

    /// <summary>
    /// The row is locked before its document is read, so of two patches the later one sees the earlier, and no number of patches at once
    /// gets a document past its limit.
    /// </summary>
    public const string Merge =
        $"""
        with merging as materialized (
          select profile_id, data || convert_from(@patch, 'UTF8')::jsonb as document
          from sdk_profile
          where tenant_id = @tenant and profile_id = @profile and deleted_at is null
          for update
        ), merged as (
          update sdk_profile p
          set data = d.document, updated_at = greatest(@at, p.updated_at)
          from merging d
          where p.tenant_id = @tenant and p.profile_id = d.profile_id and {ProfileDocumentSql.Fits}
          returning p.data::text as document
        )
        select merged.document
        from merging
        left join merged on true
        """;

    /// <summary>
    /// Ahead of <see cref="Delete"/>, and a statement of its own: that one then sees the session of a start that it had to wait for.
    /// </summary>
    public const string LockForDelete =
        """
        select profile_id
        from sdk_profile
        where tenant_id = @tenant and profile_id = @profile and deleted_at is null
        for no key update
        """;

    public const string Delete =
        $"""
        with deleted as (
          update sdk_profile
          set deleted_at = greatest(@at, updated_at), updated_at = greatest(@at, updated_at)
          where tenant_id = @tenant and profile_id = @profile and deleted_at is null
          returning profile_id, data as document
        ), visit as (
          update profile_session s
          set ended_at = greatest(@at, s.started_at)
          from deleted
          where s.tenant_id = @tenant and s.profile_id = deleted.profile_id and s.ended_at is null
        )
        select {ProfileDocumentSql.Text} as document from deleted d
        """;

    public const string FindVisit =
        """
        select p.profile_id, s.session_id
        from sdk_profile p
        left join profile_session s on s.tenant_id = p.tenant_id and s.profile_id = p.profile_id and s.ended_at is null
        where p.tenant_id = @tenant and p.profile_id = @profile and p.deleted_at is null
        """;
}
