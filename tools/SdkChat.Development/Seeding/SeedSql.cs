namespace SdkChat.Development.Seeding;

/// <summary>Bulk statements for made-up rows. COPY carries the tenant with each row.</summary>
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

    /// <summary>A crash may lose the last moments of made-up rows; waiting for the disk at each batch would cost more.</summary>
    public const string CommitWithoutWaiting = "set local synchronous_commit = off";

    /// <summary>Tells the planner of the new rows, and marks their pages so that an index alone can count them.</summary>
    public const string Vacuum = "vacuum (analyze) sdk_profile, sdk_chat";

    /// <summary>One demo at a time, on whatever node; "sdkdemo" in hexadecimal. Held until the transaction ends.</summary>
    public const string LockDemo = "select pg_advisory_xact_lock(x'73646B64656D6F'::bigint)";

    public const string HasProfiles = "select exists (select 1 from sdk_profile where tenant_id = @tenant)";
}
