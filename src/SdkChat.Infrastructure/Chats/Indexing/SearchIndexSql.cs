namespace SdkChat.Infrastructure.Chats.Indexing;

/// <summary>Updates the search index (migration 0026). The statement covers all tenants; each entry stores its tenant.</summary>
internal static class SearchIndexSql
{
    /// <summary>Adds a batch in a transaction of its own.</summary>
    public const string Add = "select chat_search_index(@batch, @capacity, @turn)";
}
