using SdkChat.Application.Common.Paging;
using SdkChat.Infrastructure.Profiles;

namespace SdkChat.Infrastructure.Chats;

/// <summary>The scope of a list. Each has an index that returns its rows in list order.</summary>
internal enum ChatListScope
{
    Tenant,
    TenantProfile,

    /// <summary>Backoffice only: the statement has no tenant.</summary>
    Everything,

    /// <summary>Backoffice only: the statement has no tenant.</summary>
    AnyTenantProfile,
}

/// <summary>The kind of a list's filter. The statements differ, since each kind has its own indexes.</summary>
internal enum ChatListKind
{
    All,

    /// <summary>Chats of a time range.</summary>
    Range,

    /// <summary>Chats of some classes, of a time range or of any time.</summary>
    Classes,
}

/// <summary>
/// Reads the history. A list is one statement, and so one snapshot: the total, the number of rows before the page, and the page. Total and
/// position come from the history counts of migration 0018, by functions that use the statement's snapshot. The statement finds the page's
/// rows first and joins only their profiles. It returns at least one row, so that an empty page has the total too. The reader sorts the
/// rows: for twenty of them that is cheaper than on the server.
/// </summary>
internal static class ChatHistorySql
{
    private const string DetailColumns =
        $"""
        c.chat_id, c.tenant_id, c.profile_id, c.profile_session_id, c.prompt, c.status, c.back_list_status,
               c.last_error, c.created_at, c.updated_at, c.ended_at, c.revision,
               {ProfileSummaryReader.Columns}
        """;

    /// <summary>By its key alone (docs/decisions/0060).</summary>
    public const string Detail =
        $"""
        select {DetailColumns}, {ChatResultSql.Columns}
        from sdk_chat c
        join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        where c.chat_id = @chat and c.tenant_id is not distinct from @tenant
        """;

    public const string CrossTenantDetail =
        $"""
        select {DetailColumns}, {ChatResultSql.Columns}
        from sdk_chat c
        join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        where c.chat_id = @chat
        """;

    private const string Known = "cross join lateral (select c.revision = @knownRevision and c.updated_at = @knownUpdatedAt as is_known) k";

    /// <summary>Leaves out the result of the known version.</summary>
    public const string ChangedDetail =
        $"""
        select {DetailColumns}, k.is_known, {ChatResultSql.UnlessKnown}
        from sdk_chat c
        join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        {Known}
        where c.chat_id = @chat and c.tenant_id is not distinct from @tenant
        """;

    public const string ChangedCrossTenantDetail =
        $"""
        select {DetailColumns}, k.is_known, {ChatResultSql.UnlessKnown}
        from sdk_chat c
        join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        {Known}
        where c.chat_id = @chat
        """;

    /// <summary>The counts of a profile do not contain its tenant, so this excludes another tenant's profile.</summary>
    private const string ProfileOfTenant = "select profile_id from sdk_profile where tenant_id = @tenant and profile_id = @profile";

    /// <summary>
    /// The key of a list, for which PostgreSQL reads the list's own index in order (migration 0044): the planner knows the average tenant
    /// and profile, and might collect and sort all chats of one that has very many, or look for those of one that has few among all.
    /// </summary>
    internal const string TenantKey = "chat_list_key(@tenant)";

    private const string ProfileKey = "chat_list_key(@profile)";

    private const string Columns =
        "c.chat_id, c.tenant_id, c.profile_id, c.prompt, c.status, c.last_error, c.created_at, c.updated_at, c.ended_at";

    internal const string NewestFirst = "order by c.created_at desc, c.chat_id desc";

    private const string OldestFirst = "order by c.created_at, c.chat_id";

    private const string Key = "(c.created_at, c.chat_id)";

    private const string Cursor = "(@createdAt, @chat)";

    private const string Start = "(place.start_at, place.start_id)";

    private const string Class = "chat_class(c.status, c.triggered_xid)";

    /// <summary>The statement for a scope, a kind of filter and a position.</summary>
    public static string List(ChatListScope scope, ChatListKind kind, PagePosition position) => (scope, kind, position) switch
    {
        (ChatListScope.Tenant, ChatListKind.All, PagePosition.Offset { Rows: 0 }) => FirstOfTenant,
        (ChatListScope.Tenant, ChatListKind.All, PagePosition.Offset { Rows: <= TenantPageSql.MaxSkipped }) => NearOfTenant,
        _ => Lists[(scope, kind, position.GetType())],
    };

    /// <summary>The first page of all chats of a tenant, which is the most frequent one.</summary>
    public static readonly string FirstOfTenant = ComposeOfTenant(TenantPageSql.First);

    /// <summary>One of the next pages.</summary>
    public static readonly string NearOfTenant = ComposeOfTenant(TenantPageSql.Near);

    /// <summary>The first pages of several tenants.</summary>
    public static readonly string FirstOfTenants = ComposeOfTenants(FirstOfTenant);

    /// <summary>Several of the next pages, of any tenants.</summary>
    public static readonly string NearOfTenants = ComposeOfTenants(NearOfTenant);

    /// <summary>All list statements, for the tests of their plans.</summary>
    public static IReadOnlyDictionary<(ChatListScope Scope, ChatListKind Kind, Type Position), string> Lists { get; } =
    (
        from scope in Enum.GetValues<ChatListScope>()
        from kind in Enum.GetValues<ChatListKind>()
        from position in new[]
        {
            typeof(PagePosition.Offset), typeof(PagePosition.After), typeof(PagePosition.Following), typeof(PagePosition.Before),
            typeof(PagePosition.Last),
        }
        select (scope, kind, position)).ToDictionary(key => key, key => Compose(key.scope, key.kind, key.position));

    /// <summary>The numbers of chats by class in a scope, one statement each.</summary>
    public static IReadOnlyDictionary<ChatListScope, string> Counts { get; } = Enum.GetValues<ChatListScope>().ToDictionary(
        scope => scope,
        scope =>
            $"""
            select sum(sign * chats)::bigint as chats, sum(sign * completed)::bigint as completed,
                   sum(sign * triggered)::bigint as triggered,
                   sum(sign * failed)::bigint as failed, sum(sign * ended)::bigint as ended
            from chat_history_series({ListOf(scope)},
              array[coalesce(@from::timestamptz, '-infinity'), coalesce(@to::timestamptz, 'infinity')])
            cross join lateral (select case number when 1 then 1 else -1 end as sign) side
            """);

    private static string Compose(ChatListScope scope, ChatListKind kind, Type position)
    {
        var (place, skipped, page, order) = Page(scope, kind, position);
        var rows = kind == ChatListKind.Classes ? RowsByClass(scope, page, order) : Rows($"{RowsOf(scope)} and {page}", order);
        return Compose(place, skipped, rows);
    }

    /// <param name="place">From <see cref="TenantPageSql"/>, with the columns of <c>chat_history_page</c>.</param>
    private static string ComposeOfTenant(string place)
    {
        var (_, skipped, page, order) = Page(ChatListScope.Tenant, ChatListKind.All, typeof(PagePosition.Offset));
        return Compose(place, skipped, Rows($"{RowsOf(ChatListScope.Tenant)} and {page}", order));
    }

    /// <summary>The last column is the place of the page among those that are requested, from 1.</summary>
    private static string ComposeOfTenants(string list) =>
        $"""
        select list.*, n.number::integer
        from unnest(@tenants::uuid[], @offsets::bigint[], @sizes::integer[]) with ordinality as n (tenant, above, size, number)
        cross join lateral (
          {list
            .Replace("@tenant", "n.tenant", StringComparison.Ordinal)
            .Replace("@offset", "n.above", StringComparison.Ordinal)
            .Replace("@size", "n.size", StringComparison.Ordinal)}
        ) list
        """;

    private static string Compose(string place, string skipped, string rows) =>
        $"""
        select place.total, {skipped} as skipped, false as is_lower_bound,
               {Columns},
               {ProfileSummaryReader.Columns}
        from {place} place
        left join lateral (
          {rows}
        ) c on true
        left join lateral (
          -- One look-up per row: the planner does not know how few rows a page has, and would hash all profiles.
          select summary_name, summary_gender, summary_age, summary_locale from sdk_profile
          where tenant_id = c.tenant_id and profile_id = c.profile_id
          limit 1
        ) p on true
        """;

    /// <summary>The start of the page, the number of preceding rows, its rows and their order.</summary>
    private static (string Place, string Skipped, string Page, string Order) Page(ChatListScope scope, ChatListKind kind, Type position)
    {
        var (classes, range, oldest, newest) = kind == ChatListKind.All
            ? (AllClasses, "null, null", "", "")
            : (kind == ChatListKind.Classes ? "@mask" : AllClasses, "@from, @to",
                " and c.created_at >= coalesce(@from::timestamptz, '-infinity')",
                " and c.created_at < coalesce(@to::timestamptz, 'infinity')");
        // One bound in each direction: with two, the planner estimates a small part of the list, and sorts that.
        var (below, over) = kind == ChatListKind.All
            ? (Cursor, Cursor)
            : ($"(least(@createdAt::timestamptz, @to::timestamptz), case when @to <= @createdAt then '{Guid.Empty}'::uuid else @chat end)",
                $"(greatest(@createdAt::timestamptz, @from::timestamptz), case when @from > @createdAt then '{Guid.Empty}'::uuid "
                + "else @chat end)");
        var list = $"{ListOf(scope)}, {classes}, {range}";
        return position.Name switch
        {
            nameof(PagePosition.Offset) =>
                ($"chat_history_page({list}, @offset, @size)", "place.skipped", $"{Key} <= {Start}{oldest}", NewestFirst),
            nameof(PagePosition.Last) =>
                ($"chat_history_page({list}, null, @size)", "place.skipped", $"{Key} <= {Start}{oldest}", NewestFirst),
            nameof(PagePosition.After) => (
                $"chat_history_rank({list}, @createdAt, @chat, true)", "place.above", $"{Key} < {below}{oldest}", NewestFirst),
            nameof(PagePosition.Following) => ("(select 0::bigint as total)", "0::bigint", $"{Key} < {below}{oldest}", NewestFirst),
            nameof(PagePosition.Before) => (
                $"chat_history_rank({list}, @createdAt, @chat, false)", "greatest(place.above - @size, 0)",
                $"{Key} > {over}{newest}", OldestFirst),
            _ => throw new ArgumentOutOfRangeException(nameof(position), position, null),
        };
    }

    private const string AllClasses = "31";

    internal static string ListOf(ChatListScope scope) => scope switch
    {
        ChatListScope.Tenant => "'t', @tenant",
        ChatListScope.TenantProfile => $"'p', ({ProfileOfTenant})",
        ChatListScope.Everything => $"'a', '{Guid.Empty}'",
        ChatListScope.AnyTenantProfile => "'p', @profile",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, null),
    };

    internal static string RowsOf(ChatListScope scope) => RowsOf(scope, $"= {TenantKey}", $"= {ProfileKey}");

    /// <param name="tenant">What the tenant of a tenant's list is compared with, operator included.</param>
    /// <param name="profile">Likewise for a profile's list.</param>
    private static string RowsOf(ChatListScope scope, string tenant, string profile) => scope switch
    {
        ChatListScope.Tenant => $"c.tenant_id {tenant}",
        // By the index of the profile alone (docs/decisions/0060).
        ChatListScope.TenantProfile => $"c.profile_id {profile} and c.tenant_id is not distinct from @tenant",
        ChatListScope.Everything => "true",
        ChatListScope.AnyTenantProfile => $"c.profile_id {profile}",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, null),
    };

    /// <summary>
    /// The rows of a page. The inner limit is a literal, which the planner uses: otherwise it estimates a tenth of the table for a page and
    /// sorts that.
    /// </summary>
    private static string Rows(string condition, string order) =>
        $"""
        select * from (
          select {Columns}
          from sdk_chat c
          where {condition}
          {order}
          limit {PageRequest.MaxSize}
        ) c
        limit @size
        """;

    /// <summary>
    /// A page of each class, from which the first rows are taken. Most chats are completed ones without a trigger; they are found in the
    /// list's own index. Chats in progress are few, and have one index for all lists.
    /// </summary>
    private static string RowsByClass(ChatListScope scope, string page, string order) =>
        $"""
        select * from (
          select {Columns}
          from unnest(@classes::integer[]) wanted (class)
          cross join lateral (
            {Rows($"{RowsOf(scope)} and {Class} = wanted.class and {Class} > 2 and {page}", order)}
          ) c
          union all
          select * from (
            {Rows($"@plain and {RowsOf(scope)} and c.status = 'completed' and c.triggered_xid is null and {page}", order)}
          ) c
          union all
          select * from (
            {RowsInProgress(scope, page, order)}
          ) c
        ) c
        {order}
        limit @size
        """;

    /// <summary>By their own index, which contains no tenant and no profile: others have all chats of the list.</summary>
    private static string RowsInProgress(ChatListScope scope, string page, string order)
    {
        var ofScope = RowsOf(scope, "is not distinct from @tenant", "is not distinct from @profile");
        return Rows($"@inProgress and {ofScope} and c.status = 'in_progress' and {page}", order);
    }
}
