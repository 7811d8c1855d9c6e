using System.Net;
using System.Text.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

public sealed class ProfileTests : SdkFixture
{
    [Test]
    public async Task Validation_GoodKey_TellsWhatIsKnownOfIt()
    {
        var data = await DataAsync("GET", "/v1/validation");

        data.EnumerateObject().Select(member => member.Name)
            .Should().Equal("status", "key_type", "key_prefix", "tenant_code", "created_at", "expires_at");
        data.GetProperty("status").GetString().Should().Be("active");
        data.GetProperty("key_type").GetString().Should().Be("client_sdk");
        DemoKey.Should().StartWith(data.GetProperty("key_prefix").GetString());
        data.GetProperty("tenant_code").GetString().Should().Be("demo");
        data.GetProperty("expires_at").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Test]
    public async Task Profile_StoredAndRead_IsTheSameDocument()
    {
        var profile = await ProfileAsync("""{"name":"佐藤 花子","tags":[1,{"a":null}],"😀":true}""");

        var data = await DataAsync("GET", $"/v1/profile/{profile}");

        profile.Version.Should().Be(7);
        data.EnumerateObject().Select(member => member.Name).Should().Equal("profile_id", "data");
        data.GetProperty("profile_id").GetGuid().Should().Be(profile);
        JsonElement.DeepEquals(
            data.GetProperty("data"), JsonDocument.Parse("""{"name":"佐藤 花子","tags":[1,{"a":null}],"😀":true}""").RootElement)
            .Should().BeTrue();
    }

    [Test]
    public async Task Put_Members_AreMergedOneLevelDeep()
    {
        var profile = await ProfileAsync("""{"a":{"x":1},"b":2,"c":3}""");

        var merged = (await DataAsync("PUT", $"/v1/profile/{profile}", """{"a":{"y":1},"b":null}""")).GetProperty("data");

        merged.GetRawText().Should().Be("""{"a": {"y": 1}, "b": null, "c": 3}""");
        (await DataAsync("GET", $"/v1/profile/{profile}")).GetProperty("data").GetRawText().Should().Be(merged.GetRawText());
    }

    [Test]
    public async Task Put_ManyAtOnce_LoseNothing()
    {
        var profile = await ProfileAsync("{}");

        await Task.WhenAll(Enumerable.Range(0, 40).Select(n =>
            DataAsync("PUT", $"/v1/profile/{profile}", $$"""{"m{{n}}":{{n}}}""", node: n % 2 == 0 ? Node : OtherNode)));

        (await DataAsync("GET", $"/v1/profile/{profile}")).GetProperty("data").EnumerateObject().Should().HaveCount(40);
    }

    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("\"text\"")]
    [TestCase("17")]
    [TestCase("""{"a":"\u0000"}""")]
    [TestCase("""{"\u0000":1}""")]
    [TestCase("""{"a":"\ud800"}""")]
    [TestCase("""{"a":"\udc00\ud800"}""")]
    [TestCase("""{"a":1e999999}""")]
    public async Task Document_ThatStorageCannotHold_IsInvalid(string body)
    {
        var profile = await ProfileAsync();

        (await FailureAsync("POST", "/v1/profile", body)).Should().Be((400, "VALIDATION_FAILED"));
        (await FailureAsync("PUT", $"/v1/profile/{profile}", body)).Should().Be((400, "VALIDATION_FAILED"));
        (await DataAsync("GET", $"/v1/profile/{profile}")).GetProperty("data").GetProperty("locale").GetString().Should().Be("ko");
    }

    [Test]
    public async Task Document_ThatIsRefused_LeavesNothingInTheDatabasesLog()
    {
        var profile = await ProfileAsync();
        foreach (var trick in new[] { "\\u0000", "\\ud800", "\\udc00\\ud800" })
            await SendBothAsync($$"""{"name":"Yuna Secret-Park","a":"{{trick}}"}""");
        await SendBothAsync("""{"name":"Yuna Secret-Park","a":1e999999}""");
        await SendBothAsync("""{"name":"Yuna Secret-Park","a":[1e131071,1e131071,1e131071]}""");

        (await (await TestPostgres.Shared).LogAsync()).Should().NotContain("Secret-Park");

        async Task SendBothAsync(string body)
        {
            (await FailureAsync("POST", "/v1/profile", body)).Status.Should().BeOneOf(400, 413);
            (await FailureAsync("PUT", $"/v1/profile/{profile}", body)).Status.Should().BeOneOf(400, 413);
        }
    }

    [TestCase("{")]
    [TestCase("""{"a":1,"a":2}""")]
    [TestCase("""{"a":{"b":1,"b":2}}""")]
    [TestCase("{} {}")]
    public async Task Document_ThatIsNoJson_IsMalformed(string body) =>
        (await FailureAsync("POST", "/v1/profile", body)).Should().Be((400, "MALFORMED_JSON"));

    [Test]
    public async Task Document_Nested900Deep_IsStored()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 900)) + "1" + new string('}', 900);

        using var response = await SendAsync("POST", "/v1/profile", deep);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Document_LargerThan64KiB_IsTooLarge() =>
        (await FailureAsync("POST", "/v1/profile", $$"""{"a":"{{new string('x', 64 * 1024)}}"}""")).Should().Be((413, "PAYLOAD_TOO_LARGE"));

    [Test]
    public async Task Delete_Profile_IsGoneForItsAppAndStaysInTheHistory()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        await DataAsync("POST", $"/v1/profile/{profile}/session/start");

        var deleted = await DataAsync("DELETE", $"/v1/profile/{profile}");

        deleted.GetProperty("data").GetProperty("name").GetString().Should().Be("Kim Minji");
        var calls = new (string Method, string Path, string? Body)[]
        {
            ("GET", $"/v1/profile/{profile}", null),
            ("PUT", $"/v1/profile/{profile}", "{}"),
            ("DELETE", $"/v1/profile/{profile}", null),
            ("POST", $"/v1/profile/{profile}/session/start", null),
            ("POST", $"/v1/profile/{profile}/session/stamp", """{"status":"ENTERED"}"""),
            ("POST", $"/v1/profile/{profile}/session/end", null),
            ("POST", Chats(profile), """{"prompt":"Dinner?"}"""),
            ("GET", Chats(profile), null),
            ("GET", Chat(profile, chat), null),
            ("DELETE", Chat(profile, chat), null),
            ("POST", BackList(profile), "{}"),
        };
        foreach (var (method, path, body) in calls)
            (await FailureAsync(method, path, body)).Should().Be((404, "PROFILE_NOT_FOUND"), $"{method} {path}");

        using var list = await Node.Client.SendAsync(
            ApiCalls.Request($"/api/v1/sdk-chat?profile_id={profile}", token: Node.TenantToken(Demo)));
        var item = (await list.DataAsync()).GetProperty("items")[0];
        item.GetProperty("profile_summary").GetProperty("name").GetString().Should().Be("Kim Minji");
        (await Rows.ScalarAsync<bool>(
            "select bool_and(ended_at is not null) from profile_session where profile_id = @profile", new { profile }))
            .Should().BeTrue();
    }

    [Test]
    public async Task Profile_OfAnotherTenant_IsUnknown()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);

        (await FailureAsync("GET", $"/v1/profile/{profile}", key: AcmeKey)).Should().Be((404, "PROFILE_NOT_FOUND"));
        (await FailureAsync("PUT", $"/v1/profile/{profile}", "{}", AcmeKey)).Should().Be((404, "PROFILE_NOT_FOUND"));
        (await FailureAsync("DELETE", $"/v1/profile/{profile}", key: AcmeKey)).Should().Be((404, "PROFILE_NOT_FOUND"));
        (await FailureAsync("POST", $"/v1/profile/{profile}/session/start", key: AcmeKey)).Should().Be((404, "PROFILE_NOT_FOUND"));
        (await FailureAsync("POST", $"/v1/profile/{profile}/session/end", key: AcmeKey)).Should().Be((404, "PROFILE_NOT_FOUND"));
        (await FailureAsync("POST", Chats(profile), """{"prompt":"x"}""", AcmeKey)).Should().Be((404, "PROFILE_NOT_FOUND"));
        (await FailureAsync("GET", Chats(profile), key: AcmeKey)).Should().Be((404, "PROFILE_NOT_FOUND"));
        (await FailureAsync("GET", Chat(profile, chat), key: AcmeKey)).Should().Be((404, "PROFILE_NOT_FOUND"));
        (await FailureAsync("DELETE", Chat(profile, chat), key: AcmeKey)).Should().Be((404, "PROFILE_NOT_FOUND"));
        (await FailureAsync("POST", BackList(profile), $$"""{"chat_id":"{{chat}}"}""", AcmeKey)).Should().Be((404, "PROFILE_NOT_FOUND"));

        var ownProfile = await ProfileAsync(key: AcmeKey);
        (await FailureAsync("GET", Chat(ownProfile, chat), key: AcmeKey)).Should().Be((404, "CHAT_NOT_FOUND"));
    }
}
