using SdkChat.Faults.Load;
using SdkChat.Faults.Rig;

namespace SdkChat.Faults.Verdicts;

/// <summary>Whether each write was carried out exactly once, and whether what was accepted is there.</summary>
internal static class WriteVerdict
{
    public sealed record Counts(int Writes, int Lost, int Twice);

    private sealed record ChatOfWrite(string Prompt, Guid ChatId, string Status);

    public static async Task<Counts> OfAsync(FaultDatabase database, IReadOnlyList<CommittedRow> committed, AcceptedWrites writes)
    {
        var chats = (await database.QueryAsync<ChatOfWrite>(
            "select prompt, chat_id, status from sdk_chat where prompt = any (@prompts)", new { prompts = writes.Chats.Keys.ToArray() }))
            .ToLookup(chat => chat.Prompt);
        var triggers = committed.Where(row => row.Kind == "backlist_triggered").ToLookup(row => row.Identity.Write);
        var lost = writes.Chats.Count(
            write => !chats[write.Key].Any(chat => chat.ChatId == write.Value && chat.Status is "completed" or "ended"))
            + writes.Triggers.Count(write => !triggers[write.Key].Any(row => row.ChatId == write.Value));
        var twice = chats.Count(write => write.Count() > 1) + triggers.Count(write => write.Count() > 1) + writes.Contradictions.Count;
        return new Counts(writes.Chats.Count + writes.Triggers.Count, lost, twice);
    }
}
