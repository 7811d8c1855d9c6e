using System.Text.RegularExpressions;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// The privileges of the service's role, if it is not the owner of the tables (docs/decisions/0024). They are granted again with every
/// migration: a table that a script adds is not accessible until it is listed here.
/// </summary>
internal static partial class ServiceRoleSql
{
    /// <summary>
    /// The first of <c>@tables</c> and <c>@privileges</c> that <c>@role</c>, or by default the role of the connection, lacks; null for
    /// none.
    /// </summary>
    public const string MissingPrivilege =
        """
        select needed.privilege || ' on ' || needed.tablename
        from unnest(@tables, @privileges) as needed (tablename, privilege)
        where to_regclass(needed.tablename) is null
          or not has_table_privilege(coalesce(@role, current_user::text)::name, to_regclass(needed.tablename)::oid, needed.privilege)
        limit 1
        """;

    /// <summary>The table privileges of <see cref="Grants"/>, one by one.</summary>
    public static IReadOnlyList<(string Table, string Privilege)> Needed { get; } =
    [
        .. from grant in TableGrant().Matches(Grants("public", "service"))
           from table in Names(grant.Groups["tables"].Value)
           from privilege in Names(grant.Groups["privileges"].Value)
           select (table, privilege),
    ];

    /// <param name="schema">The schema of the tables, a quoted identifier.</param>
    /// <param name="role">A quoted identifier.</param>
    public static string Grants(string schema, string role) =>
        $"""
        grant usage on schema {schema} to {role};
        revoke all on all tables in schema {schema} from {role};
        revoke all on all sequences in schema {schema} from {role};

        -- To check whether the schema is this build's.
        grant select on schemaversions to {role};

        -- The directory. Triggers increase its revision, with the privileges of the role that changes a row.
        grant select, insert, update on tenant, api_key to {role};
        grant select, insert, update on api_key_use to {role};
        grant select, insert, update, delete on subject_block to {role};
        grant select, insert, update, delete on screen to {role};
        grant select, insert, update, delete on floor_plan to {role};
        grant select, update on directory_revision to {role};

        -- Data of shoppers. Erasure and retention delete rows.
        grant select, insert, update, delete on sdk_profile, profile_session, sdk_chat, pipeline_run, idempotency_key to {role};

        -- Stamps are deleted with their session, triggers with their chat.
        grant select, insert on session_stamp, chat_trigger to {role};

        -- Counts.
        grant select, update on chat_tally, chat_count_watermark to {role};
        grant select, insert, update, delete on chat_tally_block, chat_count_block, chat_count_slot, chat_slot_text, chat_text_pack,
          chat_running_total to {role};
        grant select, insert, update, delete on chat_total_pack to {role};

        -- The search index.
        grant select, insert, update, delete on chat_search_entry, chat_search_segment, chat_search_renamed to {role};
        grant select, update on chat_search_watermark to {role};

        -- Events. The purge locks and empties whole slots; events are never updated.
        grant select, insert, delete on chat_event to {role};
        grant select, truncate on chat_event_0, chat_event_1, chat_event_2, chat_event_3, chat_event_4, chat_event_5 to {role};
        grant usage on sequence chat_event_number to {role};
        grant select, update on chat_event_horizon to {role};

        -- Presence of nodes, and surveys.
        grant select, insert, update, delete on node, node_inquiry, node_answer to {role};

        -- Records that are only added. Old ones are deleted by functions with limits of their own.
        grant insert, select on audit_entry to {role};
        grant insert on erasure to {role};
        grant execute on function audit_append(
          uuid, uuid[], timestamptz[], timestamptz[], integer[], text[], text[], text[], uuid[], uuid[], text[], text[], boolean[],
          boolean[], smallint[], text[]) to {role};
        grant execute on function audit_forget(timestamptz, integer) to {role};
        """;

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"^\s*grant (?<privileges>[a-z, ]+) on (?!sequence|function)(?<tables>\w+(, \w+)*) to ", RegexOptions.Multiline)]
    private static partial Regex TableGrant();
}
