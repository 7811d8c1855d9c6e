using System.Diagnostics;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>Documents are bounded over all merges, and by what their numbers stand for (contract, section 8.9).</summary>
public sealed class ProfileLimitTests : SdkFixture
{
    private const int Limit = 256 * 1024;

    /// <summary>Runs that are left are looked after at once.</summary>
    protected override Dictionary<string, string?> Settings =>
        new() { ["Pipeline:SweepIntervalSeconds"] = "0.2", ["Pipeline:MaxConcurrentRuns"] = "2" };

    [TestCase("1e131071", 100)]
    [TestCase("1e131071", 2)]
    [TestCase("-9.99e131000", 3)]
    [TestCase("1e-16383", 17)]
    [TestCase("0e-16383", 4000)]
    [TestCase("1e999", 300)]
    public async Task Document_ThatStandsForMore_IsTooLargeAndStoredNowhere(string number, int times)
    {
        var body = Numbers(number, times);
        var profile = await ProfileAsync("""{"kept":1}""");
        var profiles = await Rows.ScalarAsync<long>("select count(*) from sdk_profile");

        (await FailureAsync("POST", "/v1/profile", body)).Should().Be((413, "PAYLOAD_TOO_LARGE"));
        using var put = await SendAsync("PUT", $"/v1/profile/{profile}", body);

        ((int)put.StatusCode).Should().Be(413);
        (await put.Content.ReadAsStringAsync()).Should().Contain("256 KiB");
        (await Rows.ScalarAsync<long>("select count(*) from sdk_profile")).Should().Be(profiles);
        (await DataAsync("GET", $"/v1/profile/{profile}")).GetProperty("data").GetRawText().Should().Be("""{"kept": 1}""");
    }

    [Test]
    public async Task Document_AtTheLimitToTheByte_IsStoredAndOneByteMoreIsNot()
    {
        // {"n": 1…, "a": "…"}: the number is 131,072 bytes, what stands around the rest 16.
        const string Number = "1e131071";
        var rest = Limit - 131_072 - """{"n": , "a": "", "b": "", "c": ""}""".Length;
        var profile = await ProfileAsync($$"""{"n":{{Number}},"a":"{{new string('x', 60_000)}}"}""");
        await DataAsync("PUT", $"/v1/profile/{profile}", $$"""{"b":"{{new string('x', 60_000)}}"}""");

        (await FailureAsync("PUT", $"/v1/profile/{profile}", $$"""{"c":"{{new string('x', rest - 120_000 + 1)}}"}"""))
            .Should().Be((413, "PAYLOAD_TOO_LARGE"));
        await DataAsync("PUT", $"/v1/profile/{profile}", $$"""{"c":"{{new string('x', rest - 120_000)}}"}""");

        var stored = (await DataAsync("GET", $"/v1/profile/{profile}")).GetProperty("data").GetRawText();
        stored.Length.Should().Be(Limit);
        (await FailureAsync("PUT", $"/v1/profile/{profile}", """{"d":1}""")).Should().Be((413, "PAYLOAD_TOO_LARGE"));
        await DataAsync("PUT", $"/v1/profile/{profile}", """{"n":1}""");
    }

    [Test]
    public async Task Put_ManyAtOnce_NeverGetPastTheLimit()
    {
        var profile = await ProfileAsync("{}");

        var statuses = await Task.WhenAll(Enumerable.Range(0, 16).Select(async n =>
        {
            using var response = await SendAsync(
                "PUT", $"/v1/profile/{profile}", $$"""{"m{{n}}":"{{new string('x', 60_000)}}"}""", node: n % 2 == 0 ? Node : OtherNode);
            return (int)response.StatusCode;
        }));

        statuses.Should().OnlyContain(status => status == 200 || status == 413);
        statuses.Count(status => status == 200).Should().Be(4);
        (await Rows.ScalarAsync<int>("select octet_length(data::text) from sdk_profile where profile_id = @profile", new { profile }))
            .Should().BeInRange(240_000, Limit);
    }

    [TestCase(100)]
    [TestCase(7000)]
    public async Task Profile_StoredBeforeTheLimit_IsBoundedWhereverItIsRead(int numbers)
    {
        var profile = await Rows.ProfileAsync(Demo, Numbers("1e131071", numbers));
        var before = Process.GetCurrentProcess().PeakWorkingSet64;

        (await FailureAsync("GET", $"/v1/profile/{profile}")).Should().Be((413, "PAYLOAD_TOO_LARGE"));
        (await FailureAsync("PUT", $"/v1/profile/{profile}", """{"b":1}""")).Should().Be((413, "PAYLOAD_TOO_LARGE"));
        var chat = (await DataAsync("POST", Chats(profile), """{"prompt":"Dinner?"}""")).GetProperty("chat_id").GetGuid();
        await Eventually.TrueAsync(async () => (await DataAsync("GET", Chat(profile, chat))).GetProperty("status").GetString() == "error");

        (await DataAsync("GET", Chat(profile, chat))).GetProperty("last_error").GetString().Should().Contain("256 KiB");
        Pipeline.Started.Should().NotContainKey(chat.ToString());
        (await DataAsync("DELETE", $"/v1/profile/{profile}")).GetProperty("data").GetRawText().Should().Be("{}");
        (await FailureAsync("GET", $"/v1/profile/{profile}")).Should().Be((404, "PROFILE_NOT_FOUND"));
        (Process.GetCurrentProcess().PeakWorkingSet64 - before).Should().BeLessThan(400L << 20);
    }

    [Test]
    public async Task Profile_StoredBeforeTheLimit_CanBeMadeSmallAgain()
    {
        var profile = await Rows.ProfileAsync(Demo, Numbers("1e131071", 100));

        var merged = await DataAsync("PUT", $"/v1/profile/{profile}", """{"a":1}""");

        merged.GetProperty("data").GetRawText().Should().Be("""{"a": 1}""");
    }

    [Test]
    public async Task Workers_OfRunsThatCannotStart_AreFreeForOthers()
    {
        var stuck = await Rows.ProfileAsync(Demo, Numbers("1e131071", 7000));
        for (var n = 0; n < 8; n++)
            await DataAsync("POST", Chats(stuck), """{"prompt":"Dinner?"}""");

        var chat = await ChatAsync(await ProfileAsync());

        Pipeline.Started.Should().ContainKey(chat.ToString());
        await Eventually.TrueAsync(() => Rows.ScalarAsync<bool>(
            "select not exists (select from pipeline_run r join sdk_chat c using (chat_id) where c.profile_id = @stuck)", new { stuck }));
    }

    [Test]
    public async Task Reads_OfLargeProfilesAtOnce_StarveNobody()
    {
        var large = await Rows.ProfileAsync(Demo);
        await Rows.ExecuteAsync(
            "update sdk_profile set data = (select jsonb_object_agg('m' || n, repeat(md5(n::text), 2000)) from generate_series(1, 560) n) "
                + "where profile_id = @large",
            new { large });

        var profile = await ProfileAsync(key: AcmeKey);

        var reads = Enumerable.Range(0, 40).Select(_ => SendAsync("GET", $"/v1/profile/{large}")).ToArray();
        using var other = await SendAsync("GET", Chats(profile), key: AcmeKey);

        ((int)other.StatusCode).Should().Be(200);
        foreach (var read in reads)
        {
            using var response = await read;
            ((int)response.StatusCode).Should().BeOneOf(413, 503);
        }

        (await FailureAsync("GET", $"/v1/profile/{large}")).Should().Be((413, "PAYLOAD_TOO_LARGE"));
    }

    [Test]
    public async Task Summary_OfALongName_IsCutInListsAndDetails()
    {
        var name = string.Concat(Enumerable.Repeat("김", 20_000));
        var profile = await ProfileAsync($$"""{"name":"{{name}}","gender":"{{new string('f', 1001)}}"}""");
        var chat = await Rows.ChatAsync(Demo, profile);

        foreach (var path in new[] { $"/api/v1/sdk-chat?profile_id={profile}", $"/api/v1/sdk-chat/{chat}" })
        {
            using var request = ApiCalls.Request(path, token: Node.TenantToken(Demo));
            using var response = await Node.Client.SendAsync(request);
            var data = await response.DataAsync();
            var summary = (data.TryGetProperty("items", out var items) ? items[0] : data).GetProperty("profile_summary");
            summary.GetProperty("name").GetString().Should().Be(name[..1000]);
            summary.GetProperty("gender").GetString().Should().HaveLength(1000);
        }
    }

    [TestCase(2, 413)]
    [TestCase(1, 200)]
    public async Task NotificationItems_ThatStandForMore_AreTooLarge(int numbers, int status)
    {
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile);

        using var response = await SendAsync(
            "POST", BackList(profile),
            $$"""{"chat_id":"{{chat}}","notification_items":[{{string.Join(',', Enumerable.Repeat("1e131071", numbers))}},"\u0000"]}""");

        ((int)response.StatusCode).Should().Be(status);
        (await EventsAsync(chat, "backlist_triggered")).Should().Be(status == 200 ? 1 : 0);
    }

    private static string Numbers(string number, int times) => $$"""{"a":[{{string.Join(',', Enumerable.Repeat(number, times))}}]}""";
}
