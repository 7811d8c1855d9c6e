using System.Net;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

public sealed class IdempotencyTests : SdkFixture
{
    private const string Dinner = """{"prompt":"Dinner?"}""";

    [Test]
    public async Task Kickoff_SentAgain_GetsTheFirstAnswerAndStartsNothing()
    {
        var profile = await ProfileAsync();
        using var first = await SendAsync("POST", Chats(profile), Dinner, idempotencyKey: "k1");
        var answer = await first.Content.ReadAsStringAsync();
        Pipeline.Answer = _ => TestPipeline.Completed();
        var chat = (await first.DataAsync()).GetProperty("chat_id").GetGuid();
        await DataAsync("DELETE", Chat(profile, chat));
        await DataAsync("DELETE", $"/v1/profile/{profile}");

        using var again = await SendAsync("POST", Chats(profile), """{ "prompt" : " Dinner? " }""", node: OtherNode, idempotencyKey: "k1");

        again.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await again.Content.ReadAsStringAsync()).Should().Be(answer);
        (await ChatsOfAsync(profile)).Should().Be(1);
    }

    [Test]
    public async Task Key_WithAnotherWish_IsAMismatch()
    {
        var (profile, other) = (await ProfileAsync(), await ProfileAsync());
        await CompletedChatAsync(profile);
        await DataAsync("POST", Chats(profile), Dinner, idempotencyKey: "k2");

        (await FailureAsync("POST", Chats(profile), """{"prompt":"Lunch?"}""", idempotencyKey: "k2"))
            .Should().Be((409, "IDEMPOTENCY_MISMATCH"));
        (await FailureAsync("POST", Chats(other), Dinner, idempotencyKey: "k2")).Should().Be((409, "IDEMPOTENCY_MISMATCH"));
        (await FailureAsync("POST", BackList(profile), "{}", idempotencyKey: "k2")).Should().Be((409, "IDEMPOTENCY_MISMATCH"));
        (await ChatsOfAsync(other)).Should().Be(0);
    }

    [Test]
    public async Task Key_OfAnotherTenant_IsAnotherKey()
    {
        var (demo, acme) = (await ProfileAsync(), await ProfileAsync(key: AcmeKey));

        await DataAsync("POST", Chats(demo), Dinner, idempotencyKey: "k3");
        await DataAsync("POST", Chats(acme), Dinner, AcmeKey, idempotencyKey: "k3");

        (await ChatsOfAsync(acme)).Should().Be(1);
    }

    [Test]
    public async Task Trigger_SentAgain_IsAnnouncedOnce()
    {
        const string Body = """{"notification_items":[ 1.0E2, "\u0000" ]}""";
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile);
        using var first = await SendAsync("POST", BackList(profile), Body, idempotencyKey: "k4");
        await DataAsync("POST", BackList(profile), """{"notification_items":[2]}""");
        await DataAsync("DELETE", Chat(profile, chat));

        using var again = await SendAsync("POST", BackList(profile), Body, node: OtherNode, idempotencyKey: "k4");

        again.StatusCode.Should().Be(HttpStatusCode.OK);
        (await again.Content.ReadAsStringAsync()).Should().Be(await first.Content.ReadAsStringAsync());
        (await EventsAsync(chat, "backlist_triggered")).Should().Be(2);
        (await FailureAsync("POST", BackList(profile), """{"notification_items":[1]}""", idempotencyKey: "k4"))
            .Should().Be((409, "IDEMPOTENCY_MISMATCH"));
    }

    [Test]
    public async Task Wish_ThatFailed_MayBeTriedAgain()
    {
        var profile = await ProfileAsync();
        (await FailureAsync("POST", BackList(profile), "{}", idempotencyKey: "k5")).Should().Be((409, "CHAT_NOT_COMPLETED"));
        (await FailureAsync("POST", Chats(profile), """{"prompt":""}""", idempotencyKey: "k5")).Should().Be((400, "VALIDATION_FAILED"));
        await CompletedChatAsync(profile);

        await DataAsync("POST", BackList(profile), "{}", idempotencyKey: "k5");
    }

    [TestCase("")]
    [TestCase(201)]
    public async Task Key_OfTheWrongLength_IsInvalid(object key)
    {
        var text = key as string ?? new string('x', (int)key);

        using var response = await SendAsync("POST", Chats(await ProfileAsync()), Dinner, idempotencyKey: text);

        var failure = await response.FailureAsync();
        failure.GetProperty("code").GetString().Should().Be("VALIDATION_FAILED");
        failure.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal("idempotency-key");
    }

    [Test]
    public async Task Key_Of200Characters_IsGood() =>
        await DataAsync("POST", Chats(await ProfileAsync()), Dinner, idempotencyKey: new string('x', 200));

    [Test]
    public async Task Key_OlderThanADay_IsNew()
    {
        var profile = await ProfileAsync();
        await DataAsync("POST", Chats(profile), Dinner, idempotencyKey: "k6");
        await Rows.ExecuteAsync("update idempotency_key set created_at = now() - interval '25 hours' where key = 'k6'");

        await DataAsync("POST", Chats(profile), """{"prompt":"Lunch?"}""", idempotencyKey: "k6");

        (await ChatsOfAsync(profile)).Should().Be(2);
        (await Rows.ScalarAsync<long>("select count(*) from idempotency_key where key = 'k6'")).Should().Be(1);
    }

    [Test]
    public async Task Kickoff_SentToTwoNodesAtOnce_StartsOneChat()
    {
        var profile = await ProfileAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(async n =>
        {
            using var response = await SendAsync("POST", Chats(profile), Dinner, node: n % 2 == 0 ? Node : OtherNode, idempotencyKey: "k7");
            response.StatusCode.Should().Be(HttpStatusCode.Accepted);
            return await response.Content.ReadAsStringAsync();
        }));

        answers.Distinct().Should().ContainSingle();
        (await ChatsOfAsync(profile)).Should().Be(1);
    }

    [Test]
    public async Task Trigger_SentToTwoNodesAtOnce_IsAnnouncedOnce()
    {
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile);

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(async n =>
        {
            using var response = await SendAsync(
                "POST", BackList(profile), """{"notification_items":[1]}""", node: n % 2 == 0 ? Node : OtherNode, idempotencyKey: "k8");
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            return await response.Content.ReadAsStringAsync();
        }));

        answers.Distinct().Should().ContainSingle();
        (await EventsAsync(chat, "backlist_triggered")).Should().Be(1);
    }

    private Task<long> ChatsOfAsync(Guid profile) =>
        Rows.ScalarAsync<long>("select count(*) from sdk_chat where profile_id = @profile", new { profile });
}
