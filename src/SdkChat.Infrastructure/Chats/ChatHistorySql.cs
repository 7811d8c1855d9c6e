using SdkChat.Application.Common.Paging;
using SdkChat.Infrastructure.Profiles;

namespace SdkChat.Infrastructure.Chats;

/// <summary>Which rows a list is of. Each has an index that yields them in list order.</summary>
internal enum ChatListScope
{
    Tenant,
    TenantProfile,

    /// <summary>Backoffice only: the statement has no tenant.</summary>
    Everything,

    /// <summary>Backoffice only: the statement has no tenant.</summary>
    AnyTenantProfile,
}

/// <summary>
/// The history reads. A list is one statement, hence one snapshot: the total, the rows before the page, and the page. Total
/// and place come from the counts that migration 0007 describes, by functions that see what the statement sees. It finds the
/// page's rows first and joins profiles to those alone, and it always answers one row at least, so that the total is there
/// when the page is empty. The rows come as they are found: putting twenty of them in order is cheaper for the reader than for the server.
/// </summary>
internal static class ChatHistorySql
{
    /// <summary>The result comes last: it is not read as the others are.</summary>
    private const string DetailColumns =
        $"""
        c.chat_id, c.tenant_id, c.profile_id, c.profile_session_id, c.prompt, c.status, c.back_list_status,
               c.last_error, c.created_at, c.updated_at, c.ended_at, c.revision,
               {ProfileSummaryReader.Columns},
               c.pipeline_todos, c.pipeline_recommended_items, c.pipeline_notification_items
        """;

    public const string Detail =
        $"""
        select {DetailColumns}
        from sdk_chat c
        join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        where c.tenant_id = @tenant and c.chat_id = @chat
        """;

    public const string CrossTenantDetail =
        $"""
        select {DetailColumns}
        from sdk_chat c
        join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        where c.chat_id = @chat
        """;

    /// <summary>A profile's counts do not say whose it is; another tenant's is none.</summary>
    private const string ProfileOfTenant = "select profile_id from sdk_profile where tenant_id = @tenant and profile_id = @profile";

    /// <summary>
    /// Not "=", or the order by tenant would mean nothing, and the planner might walk everybody's chats for the tenant's: it takes each of
    /// three tenants for a third of them. Ordered like this, only the tenant's own index has them in order.
    /// </summary>
    private const string TheTenants = "c.tenant_id = any (array[@tenant])";

    /// <summary>The statement for a scope and a kind of position.</summary>
    public static string List(ChatListScope scope, PagePosition position) => Lists[(scope, position.GetType())];

    /// <summary>Every list statement there is, for the tests that read their plans.</summary>
    public static IReadOnlyDictionary<(ChatListScope Scope, Type Position), string> Lists { get; } =
    (
        from scope in Enum.GetValues<ChatListScope>()
        from position in new[]
        {
            typeof(PagePosition.Offset), typeof(PagePosition.After), typeof(PagePosition.Before), typeof(PagePosition.Last),
        }
        select (scope, position)).ToDictionary(key => key, key => Compose(key.scope, key.position));

    private static string Compose(ChatListScope scope, Type position)
    {
        var (rows, list) = scope switch
        {
            ChatListScope.Tenant => (TheTenants, "'t', @tenant"),
            ChatListScope.TenantProfile => ("c.tenant_id = @tenant and c.profile_id = @profile", $"'p', ({ProfileOfTenant})"),
            ChatListScope.Everything => ("true", $"'a', '{Guid.Empty}'"),
            ChatListScope.AnyTenantProfile => ("c.profile_id = @profile", "'p', @profile"),
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, null),
        };
        var (newestFirst, oldestFirst) = scope == ChatListScope.Tenant
            ? ("order by c.tenant_id, c.created_at desc, c.chat_id desc", "order by c.tenant_id desc, c.created_at, c.chat_id")
            : ("order by c.created_at desc, c.chat_id desc", "order by c.created_at, c.chat_id");
        const string Key = "(c.created_at, c.chat_id)";
        const string Start = "(place.start_at, place.start_id)";

        var (place, skipped, page) = position.Name switch
        {
            nameof(PagePosition.Offset) => ($"chat_list_page({list}, @offset, @size)", "place.skipped", $"{Key} <= {Start} {newestFirst}"),
            nameof(PagePosition.Last) => ($"chat_list_page({list}, null, @size)", "place.skipped", $"{Key} <= {Start} {newestFirst}"),
            nameof(PagePosition.After) => (
                $"chat_list_rank({list}, @createdAt, @chat, true)", "place.above", $"{Key} < (@createdAt, @chat) {newestFirst}"),
            nameof(PagePosition.Before) => (
                $"chat_list_rank({list}, @createdAt, @chat, false)", "greatest(place.above - @size, 0)", $"{Key} > (@createdAt, @chat) {oldestFirst}"),
            _ => throw new ArgumentOutOfRangeException(nameof(position), position, null),
        };

        return
            $"""
            select place.total, {skipped} as skipped,
                   c.chat_id, c.tenant_id, c.profile_id, c.prompt, c.status, c.last_error, c.created_at, c.updated_at, c.ended_at,
                   {ProfileSummaryReader.Columns}
            from {place} place
            left join lateral (
              select * from (
                select c.chat_id, c.tenant_id, c.profile_id, c.prompt, c.status, c.last_error, c.created_at, c.updated_at, c.ended_at
                from sdk_chat c
                where {rows} and {page}
                -- A number that the planner can see, or it takes a page for a tenth of the table and sorts that.
                limit {PageRequest.MaxSize}
              ) c
              limit @size
            ) c on true
            left join lateral (
              -- One look-up a row: the planner cannot know how few rows a page has, and would rather hash all profiles.
              select summary_name, summary_gender, summary_age, summary_locale from sdk_profile
              where tenant_id = c.tenant_id and profile_id = c.profile_id
              limit 1
            ) p on true
            """;
    }
}
