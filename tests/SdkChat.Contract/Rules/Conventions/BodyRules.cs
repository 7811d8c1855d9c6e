using System.Text;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.Conventions;

/// <summary>Section 2: what is said of bodies.</summary>
internal static class BodyRules
{
    private const int Limit = 64 * 1024;

    [Rule("2.malformed-json", "What is not one JSON value without duplicate keys is 400 MALFORMED_JSON.", Needs.Key | Needs.Writes)]
    public static async Task Malformed(Service service)
    {
        foreach (var body
            in new[] { "{", "{\"a\":1}}", "{\"a\":1} x", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"b\":2}}", "{a:1}", "{\"a\":NaN}", "'a'" })
            (await PostAsync(service, body)).ShouldFail(400, "MALFORMED_JSON");
    }

    [Rule("2.wrong-types", "A member of the wrong type is 400 VALIDATION_FAILED.", Needs.Shopper)]
    public static async Task WrongTypes(Service service)
    {
        var shopper = await Standing.Shopper.ArriveAsync(service);
        foreach (var prompt in new[] { "1", "true", "[]", "{}", "null" })
            (await shopper.SendAsync("POST", Paths.Chats(shopper.Profile), $$"""{"prompt":{{prompt}}}""")).ShouldRefuse("prompt");
        (await shopper.SendAsync("POST", Paths.Chats(shopper.Profile), "[]")).ShouldFail(400, "VALIDATION_FAILED");
        (await shopper.TriggerAsync("""{"chat_id":"x"}""")).ShouldRefuse("chat_id");
    }

    [Rule("2.unknown-members", "Unknown members are ignored.", Needs.Shopper)]
    public static async Task UnknownMembers(Service service)
    {
        var shopper = await Standing.Shopper.ArriveAsync(service);
        var chat = (await shopper.SendAsync(
            "POST", Paths.Chats(shopper.Profile), """{"prompt":"Dinner?","model":{"name":[1]},"n":1e400}""")).Data(202).Id();
        await shopper.EndAsync(chat);
    }

    [Rule("2.unsupported-media-type", "A body of another type than JSON is 415 UNSUPPORTED_MEDIA_TYPE.", Needs.Key | Needs.Writes)]
    public static async Task MediaType(Service service)
    {
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "application/xml" })
            (await PostAsync(service, "{}", type)).ShouldFail(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Rule("2.body-limit", "A body over 64 KiB is 413 PAYLOAD_TOO_LARGE, said beforehand or not; one of 64 KiB is not.",
        Needs.Key | Needs.Writes)]
    public static async Task BodyLimit(Service service)
    {
        var largest = Padded(Limit);
        (await PostAsync(service, largest)).Data();
        (await PostAsync(service, largest, isChunked: true)).Data();
        (await PostAsync(service, Padded(Limit + 1))).ShouldFail(413, "PAYLOAD_TOO_LARGE");
        (await PostAsync(service, Padded(Limit + 1), isChunked: true)).ShouldFail(413, "PAYLOAD_TOO_LARGE");
    }

    private static string Padded(int bytes) => "{\"name\":\"Contract Test\"" + new string(' ', bytes - 24) + "}";

    private static Task<Answer> PostAsync(Service service, string body, string type = "application/json", bool isChunked = false) =>
        service.SendAsync(
            new Call("POST", Paths.Profiles, service.Key)
            {
                Body = Encoding.UTF8.GetBytes(body), ContentType = type, IsChunked = isChunked,
            });
}
