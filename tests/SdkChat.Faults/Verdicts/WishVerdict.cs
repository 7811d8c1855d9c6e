using SdkChat.Faults.Load;
using SdkChat.Faults.Rig;

namespace SdkChat.Faults.Verdicts;

/// <summary>Whether each wish was carried out exactly once, and whether what was accepted is there.</summary>
internal static class WishVerdict
{
    public sealed record Counts(int Wishes, int Lost, int Twice);

    private sealed record ChatOfWish(string Prompt, Guid ChatId, string Status);

    public static async Task<Counts> OfAsync(FaultDatabase database, IReadOnlyList<CommittedRow> committed, Wishes wishes)
    {
        var chats = (await database.QueryAsync<ChatOfWish>("select prompt, chat_id, status from sdk_chat where prompt = any (@prompts)", new { prompts = wishes.Chats.Keys.ToArray() }))
            .ToLookup(chat => chat.Prompt);
        var triggers = committed.Where(row => row.Kind == "backlist_triggered").ToLookup(row => row.Identity.Wish);
        var lost = wishes.Chats.Count(wish => !chats[wish.Key].Any(chat => chat.ChatId == wish.Value && chat.Status is "completed" or "ended"))
            + wishes.Triggers.Count(wish => !triggers[wish.Key].Any(row => row.ChatId == wish.Value));
        var twice = chats.Count(wish => wish.Count() > 1) + triggers.Count(wish => wish.Count() > 1) + wishes.Contradictions.Count;
        return new Counts(wishes.Chats.Count + wishes.Triggers.Count, lost, twice);
    }
}
