namespace SdkChat.Infrastructure.Profiles;

/// <summary>
/// Statements on profiles. A deleted profile has <c>deleted_at</c>; its row is kept for the history. Documents are passed as bytes, and
/// <c>convert_from</c> prevents the planner from evaluating them, so that a bad one fails during execution. If it failed while parameters
/// are bound, in the call that prepares the statement, Npgsql 10.0.3 would keep a prepared statement that it believes to return nothing,
/// and every later call on that connection would fail.
/// </summary>
internal static class ProfileSql
{
    public const string Add =
        """
        insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
        values (@profile, @tenant, convert_from(@data, 'UTF8')::jsonb, @at, @at)
        """;

    /// <summary>
    /// A row without a document: the profile exists, and its document is too large. The same applies to the other statements.
    /// </summary>
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
    /// Locks the row before it reads the document. The later of two patches thus sees the earlier, and concurrent patches cannot exceed the
    /// limit of the document.
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
    /// Runs before <see cref="Delete"/> as a separate statement: Delete then sees the session of a start that it had to wait for.
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
