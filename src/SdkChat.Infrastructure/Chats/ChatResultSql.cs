namespace SdkChat.Infrastructure.Chats;

/// <summary>
/// The columns of the result of a chat <c>c</c>. They come late in a statement, since they are read differently from the others.
/// </summary>
internal static class ChatResultSql
{
    public const string Columns = "c.pipeline_todos, c.pipeline_recommended_items, c.pipeline_notification_items";

    /// <summary>Null if <c>k.is_known</c>: PostgreSQL does not open a value that no branch returns.</summary>
    public const string UnlessKnown =
        """
        case when not k.is_known then c.pipeline_todos end as pipeline_todos,
               case when not k.is_known then c.pipeline_recommended_items end as pipeline_recommended_items,
               case when not k.is_known then c.pipeline_notification_items end as pipeline_notification_items
        """;
}
