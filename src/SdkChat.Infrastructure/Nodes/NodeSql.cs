namespace SdkChat.Infrastructure.Nodes;

/// <summary>How nodes know of each other, ask and answer (migration 0008). The database's clock alone counts.</summary>
internal static class NodeSql
{
    /// <summary>Says that the node is there. Those that have not said so for long are forgotten.</summary>
    public const string Beat =
        """
        with gone as (
          delete from node where seen_at < now() - interval '1 minute'
        )
        insert into node (node_id, name, seen_at)
        values (@node, @name, now())
        on conflict (node_id) do update set seen_at = excluded.seen_at
        """;

    public const string Leave = "delete from node where node_id = @node";

    /// <summary>Stores a question and tells the others. What askers that died have left goes.</summary>
    public const string Ask =
        """
        with old as (
          delete from node_inquiry where asked_at < now() - interval '1 minute'
        ), answers as (
          delete from node_answer a where not exists (select from node_inquiry i where i.inquiry_id = a.inquiry_id)
        ), asked as (
          insert into node_inquiry (tenant_id, stream_id, newest)
          values (@tenant, @stream, @newest)
          returning inquiry_id
        )
        select inquiry_id from asked, pg_notify('sdkchat_inquiries', '')
        """;

    public const string Alive = "select node_id, name from node where seen_at > now() - interval '15 seconds'";

    /// <summary>How many nodes there are, and how many connections the server takes of this role, whatever others have open.</summary>
    public const string Connections =
        """
        select
          (select count(*) from node where seen_at > now() - interval '15 seconds')::int as nodes,
          (select min(most.connections) from (values
            (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
              - coalesce(current_setting('reserved_connections', true), '0')::int),
            ((select r.rolconnlimit from pg_roles r where r.rolname = current_user)),
            ((select d.datconnlimit from pg_database d where d.datname = current_database()))
          ) as most (connections) where most.connections >= 0)::int as available
        """;

    /// <summary>What this node has not answered yet.</summary>
    public const string Open =
        """
        select inquiry_id, tenant_id, stream_id, newest
        from node_inquiry i
        where asked_at > now() - interval '10 seconds'
          and not exists (select from node_answer a where a.inquiry_id = i.inquiry_id and a.node_id = @node)
        order by inquiry_id
        """;

    /// <summary>Whoever asked may have stopped waiting, and taken the question away.</summary>
    public const string Answer =
        """
        insert into node_answer (inquiry_id, node_id, total, streams)
        select inquiry_id, @node, @total, @streams from node_inquiry where inquiry_id = @inquiry
        on conflict do nothing
        """;

    /// <summary>Who has answered, and whether the answer says anything.</summary>
    public const string Answered = "select node_id, total from node_answer where inquiry_id = @inquiry";

    /// <summary>Takes question and answers away.</summary>
    public const string Collect =
        """
        with inquiry as (
          delete from node_inquiry where inquiry_id = @inquiry
        )
        delete from node_answer where inquiry_id = @inquiry
        returning node_id, total, streams
        """;
}
