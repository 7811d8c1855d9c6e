using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Storage;

/// <summary>Section 7: what of storage can be seen from outside.</summary>
internal static class StorageRules
{
    [Rule("7.kept-verbatim", "A result is kept verbatim, also where jsonb would refuse it: \\u0000 and half a surrogate pair.",
        Needs.Shopper)]
    public static async Task KeptVerbatim(Service service)
    {
        const string Items = """[{"text":"a\u0000b","half":"\ud83c","big":1e400,"zero":-0}]""";
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.CompleteAsync();
        (await shopper.TriggerWithAsync(chat, Items)).Data();
        foreach (var answer in new[] { await shopper.PollAsync(chat), await shopper.DetailAsync(chat) })
            answer.Expect(answer.Data().GetProperty("notification_items").GetRawText() == Items, Items, answer.Text);
    }
}
