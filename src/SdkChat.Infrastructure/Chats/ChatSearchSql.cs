using SdkChat.Application.Common.Paging;
using SdkChat.Infrastructure.Profiles;

namespace SdkChat.Infrastructure.Chats;

/// <summary>
/// Lists the chats that a search finds. One statement, and so one snapshot: the function <c>chat_search</c> (migration 0027) uses the
/// statement's snapshot. It returns keys; rows and profiles are joined only to the keys of the page. As in <see cref="ChatHistorySql"/>, at
/// least one row is returned, and the reader sorts the rows.
/// </summary>
internal static class ChatSearchSql
{
    /// <summary>Matches before a cursor are counted up to 10,000.</summary>
    private const string Reach = "10001";

    private const string Search = "chat_search(@tenant, @profile, @id, @query, @mask,";

    private const string Lowest = "coalesce(@from, '-infinity'), '00000000-0000-0000-0000-000000000000'";

    private const string Highest = "coalesce(@to, 'infinity'), '00000000-0000-0000-0000-000000000000'";

    /// <summary>The page at an offset of all counted matches.</summary>
    private const string AtOffset =
        $"""
        found as materialized (select created_at, chat_id from {Search} {Lowest}, {Highest}, false, @wanted)),
        counted as (select count(*) as total, least(count(*), @offset) as skipped, count(*) >= @wanted as is_lower_bound from found),
        page as (select chat_id from found order by created_at desc, chat_id desc offset @offset limit @size)
        """;

    private const string AfterKey =
        $"""
        preceding as materialized (select chat_id from {Search} @createdAt, @chat, {Highest}, false, {Reach})),
        following as materialized (select created_at, chat_id from {Search} {Lowest}, @createdAt, @chat, false, @wanted)),
        counted as (
          select p.chats + f.chats as total, p.chats as skipped, p.chats >= {Reach} or f.chats >= @wanted as is_lower_bound
          from (select count(*) as chats from preceding) p, (select count(*) as chats from following) f
        ),
        page as (select chat_id from following order by created_at desc, chat_id desc limit @size)
        """;

    /// <summary>Like after a key, without counting.</summary>
    private const string FollowingKey =
        $"""
        page as (select chat_id from {Search} {Lowest}, @createdAt, @chat, false, @size)),
        counted as (select 0::bigint as total, 0::bigint as skipped, false as is_lower_bound)
        """;

    /// <summary>The key's own chat is not on the page, and is counted if it still matches.</summary>
    private const string BeforeKey =
        $"""
        preceding as materialized (select chat_id from {Search} @createdAt, @chat, {Highest}, false, {Reach})),
        following as materialized (select chat_id from {Search} {Lowest}, @createdAt, @chat, false, @wanted)),
        nearest as materialized (select created_at, chat_id from {Search} @createdAt, @chat, {Highest}, true, @size + 1)),
        page as materialized (select chat_id from nearest where chat_id <> @chat order by created_at, chat_id limit @size),
        counted as (
          select p.chats + f.chats as total, greatest(p.others - (select count(*) from page), 0) as skipped,
            p.chats >= {Reach} or f.chats >= @wanted as is_lower_bound
          from (select count(*) as chats, count(*) filter (where chat_id <> @chat) as others from preceding) p,
            (select count(*) as chats from following) f
        )
        """;

    /// <summary>If counting was cut off, the page has the oldest chats, not those that counting pages from the top would find.</summary>
    private const string AtTheEnd =
        $"""
        found as materialized (select chat_id from {Search} {Lowest}, {Highest}, false, @wanted)),
        oldest as materialized (select created_at, chat_id from {Search} {Lowest}, {Highest}, true, @size)),
        shown as (
          select count(*) as total, case when count(*) = 0 then 0 when count(*) >= @wanted then @size
            else (count(*) - 1) % @size + 1 end as chats from found
        ),
        counted as (select total, total - chats as skipped, total >= @wanted as is_lower_bound from shown),
        page as (select chat_id from oldest order by created_at, chat_id limit (select chats from shown))
        """;

    /// <summary>
    /// The number of matches by status, each counted up to the limit of the list's total. A number that reaches <c>@wanted</c> is cut off.
    /// </summary>
    public const string Counts =
        $"""
        select total, in_progress, completed, error, ended, triggered,
          greatest(total, in_progress, completed, error, ended, triggered) >= @wanted as is_lower_bound
        from (select
          (select count(*) from chat_search(@tenant, @profile, @id, @query, @mask, {Lowest}, {Highest}, false, @wanted)) as total,
          (select count(*) from chat_search(@tenant, @profile, @id, @query, @mask & 1, {Lowest}, {Highest}, false, @wanted)) as in_progress,
          (select count(*) from chat_search(@tenant, @profile, @id, @query, @mask & 6, {Lowest}, {Highest}, false, @wanted)) as completed,
          (select count(*) from chat_search(@tenant, @profile, @id, @query, @mask & 8, {Lowest}, {Highest}, false, @wanted)) as error,
          (select count(*) from chat_search(@tenant, @profile, @id, @query, @mask & 16, {Lowest}, {Highest}, false, @wanted)) as ended,
          (select count(*) from chat_search(@tenant, @profile, @id, @query, @mask & 4, {Lowest}, {Highest}, false, @wanted)) as triggered
        ) numbers
        """;

    /// <summary>The statement for a kind of position.</summary>
    public static string List(bool isOfOneTenant, PagePosition position) =>
        Lists[(isOfOneTenant ? ChatListScope.Tenant : ChatListScope.Everything, position.GetType())];

    /// <summary>All statements, for tests.</summary>
    public static IReadOnlyDictionary<(ChatListScope Scope, Type Position), string> Lists { get; } =
    (
        from scope in new[] { ChatListScope.Tenant, ChatListScope.Everything }
        from position in new[]
        {
            (Type: typeof(PagePosition.Offset), Sql: AtOffset), (Type: typeof(PagePosition.After), Sql: AfterKey),
            (Type: typeof(PagePosition.Following), Sql: FollowingKey), (Type: typeof(PagePosition.Before), Sql: BeforeKey),
            (Type: typeof(PagePosition.Last), Sql: AtTheEnd),
        }
        select (scope, position)).ToDictionary(key => (key.scope, key.position.Type), key => Compose(key.scope, key.position.Sql));

    private static string Compose(ChatListScope scope, string page) =>
        $"""
        with {page}
        select counted.total, counted.skipped, counted.is_lower_bound,
               c.chat_id, c.tenant_id, c.profile_id, c.prompt, c.status, c.last_error, c.created_at, c.updated_at, c.ended_at,
               {ProfileSummaryReader.Columns}
        from counted
        left join page on true
        left join lateral (
          -- One look-up per row, as for the profiles below.
          select c.chat_id, c.tenant_id, c.profile_id, c.prompt, c.status, c.last_error, c.created_at, c.updated_at, c.ended_at
          from sdk_chat c
          where c.chat_id = page.chat_id and {(scope == ChatListScope.Tenant ? "c.tenant_id is not distinct from @tenant" : "true")}
          limit 1
        ) c on true
        left join lateral (
          select summary_name, summary_gender, summary_age, summary_locale from sdk_profile
          where tenant_id = c.tenant_id and profile_id = c.profile_id
          limit 1
        ) p on true
        """;
}
