using SdkChat.Domain.Chats;

namespace SdkChat.Infrastructure.Chats;

/// <summary>
/// Writes a chat: one statement each for the row, its run and its event, so one transaction. A change names the revision that it is based
/// on and returns no row if the chat has a newer one. It sets only the columns that its transition changes, so a large result is not
/// rewritten.
/// </summary>
internal static class ChatWriteSql
{
    private const string Event =
        """
        insert into chat_event (tenant_id, chat_id, profile_id, kind, notification_items, created_at, traceparent)
        """;

    /// <summary>
    /// By the key alone, as every look-up of a chat: "is not distinct from" is no condition for an index. With "=" the planner might walk
    /// all chats of a tenant that has grown since the statistics were made (docs/decisions/0060).
    /// </summary>
    private const string ThisRevision =
        """
        where chat_id = @chat and tenant_id is not distinct from @tenant and revision = @storedRevision
        """;

    private const string EventOfTheChange =
        $"""
        {Event}
        select @tenant, @chat, @profile, @kind, @eventItems, @at, @traceparent from changed
        """;

    /// <summary>Removes the run of a chat that no longer waits for a result.</summary>
    private const string RunOver =
        """
        run as (
          delete from pipeline_run r using changed where r.tenant_id = @tenant and r.chat_id = @chat
        )
        """;

    public const string Add =
        $"""
        with chat as (
          insert into sdk_chat (chat_id, tenant_id, profile_id, profile_session_id, prompt, status, back_list_status, created_at,
            updated_at, revision)
          values (@chat, @tenant, @profile, @session, @prompt, @status, @backListStatus, @createdAt, @updatedAt, @revision)
        ), run as (
          insert into pipeline_run (chat_id, tenant_id, due_at) values (@chat, @tenant, @createdAt)
        )
        {Event}
        values (@tenant, @chat, @profile, @kind, @eventItems, @at, @traceparent)
        """;

    public const string Complete =
        $"""
        with changed as (
          update sdk_chat
          set status = @status, back_list_status = @backListStatus, pipeline_todos = @todos,
              pipeline_recommended_items = @recommendedItems, pipeline_notification_items = @notificationItems,
              updated_at = @updatedAt, revision = @revision, final_xid = pg_current_xact_id(), completed_at = @updatedAt
          {ThisRevision}
          returning chat_id
        ), {RunOver}
        {EventOfTheChange}
        """;

    public const string Fail =
        $"""
        with changed as (
          update sdk_chat
          set status = @status, last_error = @lastError, updated_at = @updatedAt, revision = @revision, final_xid = pg_current_xact_id()
          {ThisRevision}
          returning chat_id
        ), {RunOver}
        {EventOfTheChange}
        """;

    public const string End =
        $"""
        with changed as (
          update sdk_chat
          set status = @status, ended_at = @endedAt, revision = @revision,
              final_xid = case when status = 'in_progress' then pg_current_xact_id() else final_xid end
          {ThisRevision}
          returning chat_id
        ), {RunOver}
        {EventOfTheChange}
        """;

    public const string TriggerBackList =
        $"""
        with changed as (
          update sdk_chat
          set pipeline_notification_items = @notificationItems, updated_at = @updatedAt, revision = @revision,
              triggered_xid = coalesce(triggered_xid, pg_current_xact_id())
          {ThisRevision}
          returning chat_id
        ), stored as (
          insert into chat_trigger (chat_id, revision, tenant_id, notification_items, triggered_at)
          select chat_id, @revision, @tenant, @eventItems, @at from changed
        )
        {EventOfTheChange}
        """;

    /// <summary>The statement that stores the transition of an event.</summary>
    public static string Get(IDomainEvent happened) => happened switch
    {
        ChatStarted => Add,
        ChatCompleted => Complete,
        ChatFailed => Fail,
        ChatEnded => End,
        BacklistTriggered => TriggerBackList,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "No statement stores this kind of event."),
    };
}
