namespace SdkChat.Infrastructure.Nodes;

/// <summary>
/// Node presence, survey requests (<c>node_inquiry</c>) and survey replies (<c>node_answer</c>, migration 0008). Only the database's clock
/// is used. Tables and channel keep their first names, since nodes of two versions use them during an upgrade.
/// </summary>
internal static class NodeSql
{
    /// <summary>Records a heartbeat of the node, and removes nodes without one for a minute.</summary>
    public const string Heartbeat =
        """
        with gone as (
          delete from node where seen_at < now() - interval '1 minute'
        )
        insert into node (node_id, name, seen_at)
        values (@node, @name, now())
        on conflict (node_id) do update set seen_at = excluded.seen_at
        """;

    public const string Leave = "delete from node where node_id = @node";

    /// <summary>Stores a survey request and notifies the nodes. Removes old requests and replies.</summary>
    public const string Request =
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
        select inquiry_id as request_id from asked, pg_notify('sdkchat_inquiries', '')
        """;

    public const string Alive = "select node_id, name from node where seen_at > now() - interval '15 seconds'";

    /// <summary>The number of nodes, and the number of connections that the server allows this role.</summary>
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

    /// <summary>Requests that this node has not replied to.</summary>
    public const string Open =
        """
        select inquiry_id as request_id, tenant_id, stream_id, newest
        from node_inquiry i
        where asked_at > now() - interval '10 seconds'
          and not exists (select from node_answer a where a.inquiry_id = i.inquiry_id and a.node_id = @node)
        order by inquiry_id
        """;

    /// <summary>Stores a reply, unless the request was removed meanwhile.</summary>
    public const string Reply =
        """
        insert into node_answer (inquiry_id, node_id, total, streams)
        select inquiry_id, @node, @total, @streams from node_inquiry where inquiry_id = @request
        on conflict do nothing
        """;

    /// <summary>The nodes that replied, and their totals.</summary>
    public const string Replied = "select node_id, total from node_answer where inquiry_id = @request";

    /// <summary>Removes the request and returns its replies.</summary>
    public const string Collect =
        """
        with request as (
          delete from node_inquiry where inquiry_id = @request
        )
        delete from node_answer where inquiry_id = @request
        returning node_id, total, streams
        """;
}
