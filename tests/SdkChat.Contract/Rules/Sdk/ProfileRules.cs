using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Sdk;

/// <summary>Section 5: keys, profiles and sessions.</summary>
internal static class ProfileRules
{
    [Rule("5.validation", "GET /v1/validation tells status, key_type, key_prefix, tenant_code, created_at, expires_at.", Needs.Key)]
    public static async Task Validation(Service service)
    {
        string[] members = ["status", "key_type", "key_prefix", "tenant_code", "created_at", "expires_at"];
        var answer = await service.GetAsync(Paths.Validation, service.Key);
        var data = answer.Data();
        answer.Expect(data.Members().SequenceEqual(members), string.Join(", ", members), string.Join(", ", data.Members()));
        answer.Expect(data.Text("status") == "active" && data.Text("key_type") == "client_sdk", "an active client_sdk", answer.Text);
        answer.Expect(
            service.Key.Value.StartsWith(data.Text("key_prefix") ?? "?", StringComparison.Ordinal), "the key's own beginning as key_prefix",
            data.Raw("key_prefix"));
        answer.Expect(!answer.Text.Contains(service.Key.Value, StringComparison.Ordinal), "nothing of the rest of the key", "all of it");
    }

    [Rule("5.key-form", "A key is osk_{tenantCode}_{random}.", Needs.Key)]
    public static async Task KeyForm(Service service)
    {
        var start = $"osk_{await service.TenantCodeAsync()}_";
        if (!service.Key.Value.StartsWith(start, StringComparison.Ordinal) || service.Key.Value.Length < start.Length + 16)
            throw new RuleBrokenException($"a key {start}…", "another form");
    }

    [Rule("5.profile-created", "POST /v1/profile stores any JSON object that jsonb can hold, and answers {profile_id}; all else is 400.",
        Needs.Key | Needs.Writes)]
    public static async Task Created(Service service)
    {
        foreach (var document in new[] { "{}", """{"a":[1,{"b":null}],"name":7}""", """{"이름":"김민지","emoji":"🍜"}""" })
        {
            var stored = await PostAsync(service, document);
            stored.Expect(stored.Data().Members().SequenceEqual(["profile_id"]), "profile_id alone", stored.Text);
        }

        foreach (var document in new[] { "[]", "1", "\"x\"", "null", """{"a":"\u0000"}""" })
            (await PostAsync(service, document)).ShouldFail(400, "VALIDATION_FAILED");
    }

    [Rule("5.profile-read", "GET answers {profile_id, data} with the document.", Needs.Shopper)]
    public static async Task Read(Service service)
    {
        const string Document = """{"name":"Sato Hanako","age":"32","nested":{"a":[1,2,{"b":null}]},"이름":"김민지"}""";
        var shopper = await Shopper.ArriveAsync(service, Document);
        Holds(await shopper.SendAsync("GET", Paths.Profile(shopper.Profile)), shopper, Document);
        (await shopper.SendAsync("GET", Paths.Profile(Paths.Nobody))).ShouldFail(404, "PROFILE_NOT_FOUND");
        (await shopper.SendAsync("GET", Paths.Profile("x"))).ShouldRefuse("profile_id");
    }

    [Rule("5.profile-merged", "PUT merges members in: shallow, and null is stored.", Needs.Shopper)]
    public static async Task Merged(Service service)
    {
        const string After = """{"name":"Sato","age":null,"likes":{"soba":true},"locale":"ja"}""";
        var shopper = await Shopper.ArriveAsync(service, """{"name":"Sato","age":32,"likes":{"udon":true}}""");
        Holds(
            await shopper.SendAsync("PUT", Paths.Profile(shopper.Profile), """{"age":null,"likes":{"soba":true},"locale":"ja"}"""), shopper,
            After);
        Holds(await shopper.SendAsync("GET", Paths.Profile(shopper.Profile)), shopper, After);
    }

    [Rule("5.profile-deleted", "DELETE answers the profile; after it the profile is 404 PROFILE_NOT_FOUND.", Needs.Shopper)]
    public static async Task Deleted(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service, """{"name":"Sato"}""");
        Holds(await shopper.SendAsync("DELETE", Paths.Profile(shopper.Profile)), shopper, """{"name":"Sato"}""");
        foreach (var (method, path, body) in new[]
        {
            ("GET", Paths.Profile(shopper.Profile), null), ("PUT", Paths.Profile(shopper.Profile), "{}"),
            ("DELETE", Paths.Profile(shopper.Profile), null),
            ("POST", Paths.Session(shopper.Profile, "start"), null), ("POST", Paths.Chats(shopper.Profile), """{"prompt":"Dinner?"}"""),
        })
            (await shopper.SendAsync(method, path, body)).ShouldFail(404, "PROFILE_NOT_FOUND");
    }

    [Rule("5.session", "A profile has one active session: a second is 409 SESSION_ACTIVE, none to end 409 NO_ACTIVE_SESSION.",
        Needs.Shopper)]
    public static async Task Session(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        Task<Answer> CallAsync(string verb) => shopper.SendAsync("POST", Paths.Session(shopper.Profile, verb));
        (await CallAsync("end")).ShouldFail(409, "NO_ACTIVE_SESSION");
        var started = await CallAsync("start");
        started.Expect(
            started.Data().Members().SequenceEqual(["session_id", "profile_id", "started_at"]), "session_id, profile_id, started_at",
            started.Text);
        (await CallAsync("start")).ShouldFail(409, "SESSION_ACTIVE");
        var ended = await CallAsync("end");
        ended.Expect(
            ended.Data().Members().SequenceEqual(["session_id", "profile_id", "started_at", "ended_at"]), "the same with ended_at",
            ended.Text);
        ended.Expect(ended.Data().Text("session_id") == started.Data().Text("session_id"), "the session that was started", ended.Text);
        (await CallAsync("end")).ShouldFail(409, "NO_ACTIVE_SESSION");
        (await CallAsync("start")).Data();
    }

    private static void Holds(Answer answer, Shopper shopper, string document)
    {
        var data = answer.Data();
        answer.Expect(
            data.Members().SequenceEqual(["profile_id", "data"]) && data.Text("profile_id") == shopper.Profile,
            $"profile_id {shopper.Profile}, data", answer.Text);
        answer.Expect(JsonElement.DeepEquals(data.GetProperty("data"), JsonElement.Parse(document)), document, data.Raw("data"));
    }

    private static Task<Answer> PostAsync(Service service, string document) =>
        service.SendAsync(new Call("POST", Paths.Profiles, service.Key) { Body = System.Text.Encoding.UTF8.GetBytes(document) });
}
