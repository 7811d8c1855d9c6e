namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>
/// Statistics of a list, by scope. Counts come from the history counts, errors and items from the counts of texts where these reach; the
/// others read a bounded number of the range's newest chats.
/// </summary>
internal static class ChatStatsSql
{
    private const string Bounds = "@bounds::timestamptz[], @innerBounds::timestamptz[], @days::timestamptz[]";

    private const string Numbers =
        "chats, completed, triggered, failed, ended, case when has_answers then numeric_send(answers) end as answers";

    /// <summary>What the numbers of the buckets between the bounds are the sums of; see <see cref="StatsPart"/>.</summary>
    public static IReadOnlyDictionary<ChatListScope, string> Buckets { get; } = ByScope(
        scope =>
            $"""
            select number, sign as kind, chats, completed, triggered, failed, ended, answers as content
            from chat_stats_totals({ChatHistorySql.ListOf(scope)}, {Bounds}, @packSlots::timestamptz[], @packParts::integer[])
            """);

    /// <summary>
    /// Times of answers, of at most <c>@sample</c> newest completed chats of each bucket; bucket null is the range. For as long as the
    /// slots have none.
    /// </summary>
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
              {ChatHistorySql.NewestFirst}
              limit @sample
            ) chat
            group by rollup (bucket.number)
            """);

    /// <summary>
    /// What errors and items are the sum of (<see cref="TextSums"/>); no row if the counts of texts cannot be read. Those of profiles are
    /// not counted, since their chats are few.
    /// </summary>
    public static IReadOnlyDictionary<ChatListScope, string> Texts { get; } =
        new[] { ChatListScope.Tenant, ChatListScope.Everything }.ToDictionary(
            scope => scope,
            scope => $"select kind, content from chat_stats_text_parts({ChatHistorySql.ListOf(scope)}, @from, @to)");

    /// <summary>The most frequent errors of at most <c>@failures</c> newest failed chats.</summary>
    public static IReadOnlyDictionary<ChatListScope, string> Errors { get; } = ByScope(
        scope =>
            $"""
            select f.text, count(*) as count
            from (
              select left(c.last_error, 1000) as text from sdk_chat c
              where {ChatHistorySql.RowsOf(scope)} and chat_class(c.status, c.triggered_xid) = 8 and chat_class(c.status, c.triggered_xid) > 2
                and c.created_at >= @from and c.created_at < @to
              {ChatHistorySql.NewestFirst}
              limit @failures
            ) f
            group by f.text
            order by 2 desc, f.text collate "C"
            limit 20
            """);

    /// <summary>The recommended items of at most <c>@results</c> newest completed chats.</summary>
    public static IReadOnlyDictionary<ChatListScope, string> Items { get; } = ByScope(
        scope =>
            $"""
            select n.name as text, count(*) as count
            from (
              select c.pipeline_recommended_items as items from sdk_chat c
              where {ChatHistorySql.RowsOf(scope)} and c.status = 'completed' and c.created_at >= @from and c.created_at < @to
              {ChatHistorySql.NewestFirst}
              limit @results
            ) r
            cross join lateral chat_item_names(r.items) n (name)
            group by n.name
            order by 2 desc, n.name collate "C"
            limit 20
            """);

    /// <summary>
    /// Errors and items of the newest chats, in one round trip: of a profile, and where the counts of texts cannot be read.
    /// </summary>
    public static IReadOnlyDictionary<ChatListScope, string> NewestTexts { get; } = ByScope(
        scope => string.Join(";\n", Errors[scope], Items[scope]));

    /// <summary>Numbers and texts, of one snapshot; of the lists whose texts are counted.</summary>
    public static IReadOnlyDictionary<ChatListScope, string> Parts { get; } = Texts.ToDictionary(
        texts => texts.Key,
        texts =>
            $"""
            {Buckets[texts.Key]}
            union all
            select t.kind, {StatsPart.Texts}, 0, 0, 0, 0, 0, t.content from ({texts.Value}) t
            """);

    /// <summary>
    /// The most frequent questions of at most <c>@prompts</c> newest chats, compared as searches compare texts, each in its most frequent
    /// spelling.
    /// </summary>
    public static IReadOnlyDictionary<ChatListScope, string> Questions { get; } = ByScope(
        scope =>
            $"""
            select mode() within group (order by question.text collate "C") as text, count(*) as count
            from (
              select c.prompt from sdk_chat c
              where {ChatHistorySql.RowsOf(scope)} and c.created_at >= @from and c.created_at < @to
              {ChatHistorySql.NewestFirst}
              limit @prompts
            ) asked
            cross join lateral (
              select left(btrim(regexp_replace(left(asked.prompt, 400), '\s+', ' ', 'g')), 200) as text
              offset 0
            ) question
            where question.text <> ''
            group by chat_search_text(question.text)
            order by 2 desc, 1
            limit 20
            """);

    /// <summary>The tenants that have chats in the range, with their numbers.</summary>
    public const string Tenants =
        $"""
        select t.tenant_id, t.code, {Numbers}
        from chat_stats_by_tenant(@tenant::uuid, {Bounds}) n
        join tenant t using (tenant_id)
        order by n.chats desc, t.code
        """;

    /// <summary>The tenant of the profile, if it is the one that is read or any.</summary>
    public const string TenantOfProfile =
        """
        select t.tenant_id, t.code
        from sdk_profile p
        join tenant t on t.tenant_id = p.tenant_id
        where p.profile_id = @profile and (@tenant::uuid is null or p.tenant_id = @tenant)
        """;

    private static Dictionary<ChatListScope, string> ByScope(Func<ChatListScope, string> sql) =>
        Enum.GetValues<ChatListScope>().ToDictionary(scope => scope, sql);
}
