namespace SdkChat.Development.Seeding;

/// <summary>Bulk statements for generated rows. COPY writes the tenant with each row.</summary>
internal static class SeedSql
{
    public const string CopyProfiles =
        """
        copy sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
        from stdin (format binary)
        """;

    public const string CopyChats =
        """
        copy sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, pipeline_todos,
          pipeline_recommended_items, pipeline_notification_items, last_error, created_at, updated_at, ended_at, revision,
          completed_at, triggered_xid)
        from stdin (format binary)
        """;

    /// <summary>A crash may lose the last generated rows; waiting for the disk at each batch would take longer.</summary>
    public const string CommitWithoutWaiting = "set local synchronous_commit = off";

    /// <summary>Updates the planner's statistics, and marks the pages as visible so that an index-only scan can count the rows.</summary>
    public const string Vacuum = "vacuum (analyze) sdk_profile, sdk_chat";

    /// <summary>A lock for the demo data, over all nodes; "sdkdemo" in hexadecimal. Held until the transaction ends.</summary>
    public const string LockDemo = "select pg_advisory_xact_lock(x'73646B64656D6F'::bigint)";

    public const string HasProfiles = "select exists (select 1 from sdk_profile where tenant_id = @tenant)";
}
