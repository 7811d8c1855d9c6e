namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>Statistics of a list, by scope. Counts come from the history counts; the others read a bounded number of the range's newest chats.</summary>
internal static class ChatStatsSql
{
    /// <summary>The numbers of the buckets between the bounds; a bucket without chats is left out.</summary>
    public static IReadOnlyDictionary<ChatListScope, string> Buckets { get; } = ByScope(
        scope =>
            $"""
            select number, chats, completed, triggered, failed, ended
            from chat_history_buckets({ChatHistorySql.ListOf(scope)}, @bounds::timestamptz[], @numbers, @levels, @lows::timestamptz[], @highs::timestamptz[])
            """);

    /// <summary>Times of answers, of at most <c>@sample</c> newest completed chats of each bucket; bucket null is the range.</summary>
    public static IReadOnlyDictionary<ChatListScope, string> AnswerTimes { get; } = ByScope(
        scope =>
            $"""
            select bucket.number::integer as bucket, percentile_disc(array[0.5, 0.95]) within group (order by chat.answer_ms) as percentiles
            from unnest(@starts::timestamptz[], @ends::timestamptz[]) with ordinality as bucket (start_at, end_at, number)
            cross join lateral (
              select (date_part('epoch', coalesce(c.completed_at, c.updated_at) - c.created_at) * 1000)::bigint as answer_ms
              from sdk_chat c
              where {ChatHistorySql.RowsOf(scope)} and c.created_at >= bucket.start_at and c.created_at < bucket.end_at
                and c.status = 'completed' and (c.completed_at is not null or c.triggered_xid is null)
              {ChatHistorySql.NewestFirst(scope)}
              limit @sample
            ) chat
            group by rollup (bucket.number)
            """);

    /// <summary>The most frequent errors of at most <c>@failures</c> newest failed chats.</summary>
    public static IReadOnlyDictionary<ChatListScope, string> Errors { get; } = ByScope(
        scope =>
            $"""
            select last_error as text, count(*) as count
            from (
              select c.last_error from sdk_chat c
              where {ChatHistorySql.RowsOf(scope)} and chat_class(c.status, c.triggered_xid) = 8 and chat_class(c.status, c.triggered_xid) > 2
                and c.created_at >= @from and c.created_at < @to
              {ChatHistorySql.NewestFirst(scope)}
              limit @failures
            ) failed
            group by last_error
            order by 2 desc, 1
            limit 20
            """);

    /// <summary>The recommended items of at most <c>@results</c> newest completed chats.</summary>
    public static IReadOnlyDictionary<ChatListScope, string> Items { get; } = ByScope(
        scope =>
            $"""
            select c.pipeline_recommended_items from sdk_chat c
            where {ChatHistorySql.RowsOf(scope)} and c.status = 'completed' and c.created_at >= @from and c.created_at < @to
            {ChatHistorySql.NewestFirst(scope)}
            limit @results
            """);

    /// <summary>All of the above, in one round trip.</summary>
    public static IReadOnlyDictionary<ChatListScope, string> All { get; } = ByScope(
        scope => string.Join(";\n", Buckets[scope], AnswerTimes[scope], Errors[scope], Items[scope]));

    /// <summary>The tenants that have chats in the range, with their numbers.</summary>
    public const string Tenants =
        """
        select t.tenant_id, t.code, n.chats, n.completed, n.triggered, n.failed, n.ended
        from tenant t
        cross join lateral (
          select sum(sign * s.chats)::bigint as chats, sum(sign * s.completed)::bigint as completed, sum(sign * s.triggered)::bigint as triggered,
            sum(sign * s.failed)::bigint as failed, sum(sign * s.ended)::bigint as ended
          from chat_history_series(
            case when @profile::uuid is null then 't'::"char" else 'p' end,
            case when @profile::uuid is null then t.tenant_id
              else (select p.profile_id from sdk_profile p where p.tenant_id = t.tenant_id and p.profile_id = @profile) end,
            array[@from::timestamptz, @to::timestamptz]) s
          cross join lateral (select case s.number when 1 then 1 else -1 end as sign) side
        ) n
        where n.chats > 0 and (@tenant::uuid is null or t.tenant_id = @tenant)
        order by n.chats desc, t.code
        """;

    private static Dictionary<ChatListScope, string> ByScope(Func<ChatListScope, string> sql) => Enum.GetValues<ChatListScope>().ToDictionary(scope => scope, sql);
}
