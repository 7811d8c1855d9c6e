namespace SdkChat.Infrastructure.Profiles;

/// <summary>The steps of an erasure, in order.</summary>
internal static class ErasureSql
{
    /// <summary>By the index of the profile alone (docs/decisions/0060).</summary>
    private const string OfProfile = "profile_id = @profile and tenant_id is not distinct from @tenant";

    private const string ItsChats = $"select chat_id from sdk_chat where {OfProfile}";

    /// <summary>
    /// The name as lists show it (<see cref="ProfileSummaryReader.Columns"/>). The service runs without ICU, which would normalize it.
    /// </summary>
    public const string CompareName =
        """
        select normalize(left(p.summary_name, 1000)) as stored, normalize(@typed::text) as typed
        from sdk_profile p
        where p.tenant_id = @tenant and p.profile_id = @profile
        """;

    public const string LockProfile =
        """
        select profile_id from sdk_profile
        where tenant_id = @tenant and profile_id = @profile
        for update
        """;

    /// <summary>A separate statement: it sees rows that were committed while the profile's lock was waited for.</summary>
    public const string LockChats =
        $"""
        select count(*) from (
          select chat_id from sdk_chat
          where {OfProfile}
          order by chat_id
          for update
        ) locked
        """;

    /// <summary>Open runs, responses that are kept for repeated requests, and events, whose items may be part of a result.</summary>
    public static IReadOnlyList<string> WhatHangsOnChats { get; } = [Runs, IdempotencyRecords, Events];

    public const string Runs = $"delete from pipeline_run where tenant_id = @tenant and chat_id in ({ItsChats})";

    /// <summary>
    /// By the profile, since retention may have deleted the chat; by the chat, since earlier versions did not store the profile.
    /// </summary>
    public const string IdempotencyRecords =
        $"delete from idempotency_key where tenant_id = @tenant and (profile_id = @profile or chat_id in ({ItsChats}))";

    public const string Events = "delete from chat_event where tenant_id = @tenant and profile_id = @profile";

    /// <summary>A trigger removes the chats from the history counts.</summary>
    public const string Chats = $"delete from sdk_chat where {OfProfile}";

    public const string Sessions = "delete from profile_session where tenant_id = @tenant and profile_id = @profile";

    /// <summary>The count blocks of a large profile's list, which are all zero now, would keep its id.</summary>
    public const string Counts =
        """
        with old as (delete from chat_tally_block where kind = 'p' and scope = @profile),
        slots as (delete from chat_count_slot where kind = 'p' and scope = @profile)
        delete from chat_count_block where kind = 'p' and scope = @profile
        """;

    public const string Profile = "delete from sdk_profile where tenant_id = @tenant and profile_id = @profile";

    public const string Record =
        """
        insert into erasure (erasure_id, tenant_id, at, chats, sessions)
        values (@erasure, @tenant, @at, @chats, @sessions)
        """;
}
