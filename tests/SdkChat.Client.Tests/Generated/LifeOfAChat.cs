using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Generated;

/// <summary>
/// Not part of this project: compiled in the test beside the client that NSwag generates, and against nothing else. Parameters that are
/// null are those that a caller leaves out.
/// </summary>
public static class LifeOfAChat
{
    /// <returns>What came of each step, for the test to judge.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> PlayAsync(
        HttpClient app, HttpClient admin, CancellationToken cancellationToken)
    {
        var (shop, dashboard) = (new SdkChatApi(app), new SdkChatApi(admin));
        var told = new Dictionary<string, string> { ["tenant"] = (await shop.ValidateKeyAsync(null, cancellationToken)).Data.Tenant_code };

        var document = new Dictionary<string, object> { ["name"] = "Kim Minji", ["locale"] = "ko" };
        var profile = (await shop.CreateProfileAsync(null, document, cancellationToken)).Data.Profile_id;
        await shop.MergeProfileAsync(profile, null, new Dictionary<string, object> { ["age"] = 32 }, cancellationToken);
        told["age"] = $"{(await shop.GetProfileAsync(profile, null, cancellationToken)).Data.Data["age"]}";
        var session = (await shop.StartSessionAsync(profile, null, cancellationToken)).Data.Session_id;

        var question = new StartChatRequest { Prompt = "Dinner?" };
        var chat = (await shop.StartChatAsync(profile, "kickoff-1", null, question, cancellationToken)).Data.Chat_id;
        told["retried"] = $"{(await shop.StartChatAsync(profile, "kickoff-1", null, question, cancellationToken)).Data.Chat_id == chat}";
        var polled = await CompletedAsync(shop, profile, chat, cancellationToken);
        told["completed"] = $"{polled.Status} {polled.Recommended_items.Count > 0}";

        var byItself = (await shop.TriggerBackListAsync(profile, null, null, null, cancellationToken)).Data;
        told["triggered without a body"] =
            $"{byItself.Chat_id == chat} {byItself.Notification_items.Count == polled.Notification_items.Count}";
        var items = new TriggerBackListRequest { Chat_id = chat, Notification_items = [new { id = "n1" }] };
        told["triggered with items"] =
            $"{(await shop.TriggerBackListAsync(profile, null, null, items, cancellationToken)).Data.Notification_items.Count}";

        var detail = (await dashboard.GetChatAsync(chat, null, null, null, cancellationToken)).Data;
        told["detail"] = $"{detail.Profile_summary.Name} {detail.Profile_summary.Age} {detail.Profile_session_id == session}";
        told["listed"] =
            $"{(await dashboard.ListChatsAsync(profile, null, null, null, null, null, null, null, null, null, null, null, cancellationToken)).Data.Total}";
        told["history"] = $"{(await shop.ListProfileChatsAsync(profile, null, 1, null, null, cancellationToken)).Data.Items.Count}";

        told["ended"] = $"{(await shop.EndChatAsync(profile, chat, null, cancellationToken)).Data.Ended_at is not null}";
        await shop.EndSessionAsync(profile, null, cancellationToken);
        await shop.DeleteProfileAsync(profile, null, cancellationToken);
        told["deleted"] = await RefusalAsync(() => shop.GetProfileAsync(profile, null, cancellationToken));
        return told;
    }

    private static async Task<PolledChat> CompletedAsync(SdkChatApi shop, Guid profile, Guid chat, CancellationToken cancellationToken)
    {
        PolledChat polled;
        do
        {
            polled = (await shop.PollChatAsync(profile, chat, null, null, null, cancellationToken)).Data;
        }
        while (polled.Status == ChatStatus.In_progress);
        return polled;
    }

    private static async Task<string> RefusalAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "not refused";
        }
        catch (ApiException refusal)
        {
            return $"{refusal.StatusCode} {refusal.GetType().IsGenericType}";
        }
    }
}
