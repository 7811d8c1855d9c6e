using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Sdk;

/// <summary>Section 5: <c>Idempotency-Key</c>.</summary>
internal static class IdempotencyRules
{
    [Rule("5.idempotent-kickoff", "A retried kickoff gets the first answer again and starts nothing.", Needs.Shopper)]
    public static async Task Kickoff(Service service)
    {
        var (shopper, key) = (await Shopper.ArriveAsync(service), NewKey());
        var first = await shopper.AskAsync(idempotencyKey: key);
        first.Data(202);
        var again = await shopper.AskAsync(idempotencyKey: key);
        again.ShouldBe(202).Expect(again.Text == first.Text, first.Text, again.Text);
        var list = await shopper.ListAsync();
        again.Expect(list.Number("total") == 1, "one chat", $"total {list.Number("total")}");
        var other = await shopper.AskAsync(idempotencyKey: NewKey());
        other.Expect(other.Data(202).Id() != first.Data(202).Id(), "another chat under another key", other.Text);
    }

    [Rule("5.idempotent-trigger", "A retried trigger gets the first answer again and is announced once.", Needs.Shopper)]
    public static async Task Trigger(Service service)
    {
        var (live, shopper, key) = (await service.LiveAsync(), await Shopper.ArriveAsync(service), NewKey());
        var body = $$"""{"chat_id":"{{await shopper.CompleteAsync()}}","notification_items":[{"once":true}]}""";
        var first = await shopper.TriggerAsync(body, key);
        first.Data();
        var again = await shopper.TriggerAsync(body, key);
        again.ShouldBe(200).Expect(again.Text == first.Text, first.Text, again.Text);
        var chat = first.Data().Id();
        (await shopper.TriggerWithAsync(chat, """[{"last":true}]""")).Data();
        await live.UntilAsync(
            block => block.Chat == chat && block.Raw.Contains("last", StringComparison.Ordinal), "the trigger after them");
        var announced = live.Events.Count(block => block.Chat == chat && block.Raw.Contains("once", StringComparison.Ordinal));
        live.Expect(announced == 1, "one event for the two", $"{announced}");
    }

    [Rule("5.idempotency-mismatch", "With another body it is 409 IDEMPOTENCY_MISMATCH.", Needs.Shopper)]
    public static async Task Mismatch(Service service)
    {
        var (shopper, key) = (await Shopper.ArriveAsync(service), NewKey());
        (await shopper.AskAsync("Dinner ideas?", key)).Data(202);
        (await shopper.AskAsync("Lunch ideas?", key)).ShouldFail(409, "IDEMPOTENCY_MISMATCH");
        var (chat, triggerKey) = (await shopper.CompleteAsync(), NewKey());
        (await shopper.TriggerAsync($$"""{"chat_id":"{{chat}}","notification_items":[1]}""", triggerKey)).Data();
        (await shopper.TriggerAsync($$"""{"chat_id":"{{chat}}","notification_items":[2]}""", triggerKey))
            .ShouldFail(409, "IDEMPOTENCY_MISMATCH");
    }

    [Rule("5.idempotency-key", "An Idempotency-Key has 1 to 200 characters.", Needs.Shopper)]
    public static async Task KeyLength(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        (await shopper.AskAsync(idempotencyKey: new string('k', 201))).ShouldFail(400, "VALIDATION_FAILED");
        var longest = NewKey().PadRight(200, 'k');
        (await shopper.AskAsync(idempotencyKey: longest)).Data(202);
    }

    [Rule("5.idempotency-per-tenant", "The same key of another tenant is another key.", Needs.Shopper | Needs.OtherKey)]
    public static async Task PerTenant(Service service)
    {
        var (ours, theirs, key) = (
            await Shopper.ArriveAsync(service), await Shopper.ArriveAsync(service, key: service.Means.OtherKey), NewKey());
        var first = (await ours.AskAsync(idempotencyKey: key)).Data(202).Id();
        var second = await theirs.AskAsync("Quite another question", key);
        second.Expect(second.Data(202).Id() != first, "a chat of its own", second.Text);
    }

    private static string NewKey() => "contract-" + Guid.NewGuid().ToString("n");
}
