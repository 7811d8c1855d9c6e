using System.Net;
using System.Text.Json;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>Stamps of a session (contract, section 8.8).</summary>
public sealed class SessionStampTests : SdkFixture
{
    [Test]
    public async Task Stamps_OfASession_AreInTheAnswerThatEndsItInTheirOrder()
    {
        var profile = await StartedAsync();
        const string Meta = """{"n":1.0E2,"nul":"\u0000","z":null}""";

        var first = await DataAsync("POST", Stamp(profile), $$"""{"status":"ENTERED_STORE","meta":{{Meta}}}""");
        await DataAsync("POST", Stamp(profile), """{"status":"A_1","meta":null}""", node: OtherNode);
        var ended = await DataAsync("POST", $"/v1/profile/{profile}/session/end");

        first.EnumerateObject().Select(member => member.Name).Should().Equal("session_id", "profile_id", "status", "stamped_at");
        first.GetProperty("session_id").GetGuid().Should().Be(ended.GetProperty("session_id").GetGuid());
        first.GetProperty("profile_id").GetGuid().Should().Be(profile);
        ended.EnumerateObject().Select(member => member.Name)
            .Should().Equal("session_id", "profile_id", "started_at", "ended_at", "stamps");
        var stamps = ended.GetProperty("stamps").EnumerateArray().ToArray();
        stamps.Select(stamp => stamp.GetProperty("status").GetString()).Should().Equal("ENTERED_STORE", "A_1");
        stamps[0].EnumerateObject().Select(member => member.Name).Should().Equal("status", "meta", "stamped_at");
        stamps[0].GetProperty("meta").GetRawText().Should().Be(Meta);
        stamps[0].GetProperty("stamped_at").GetString().Should().Be(first.GetProperty("stamped_at").GetString());
        stamps[1].GetProperty("meta").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Test]
    public async Task Stamps_OfAnEarlierSession_AreNotTheNextOnes()
    {
        var profile = await StartedAsync();
        await DataAsync("POST", Stamp(profile), """{"status":"FIRST"}""");
        await DataAsync("POST", $"/v1/profile/{profile}/session/end");
        await DataAsync("POST", $"/v1/profile/{profile}/session/start");
        await DataAsync("POST", Stamp(profile), """{"status":"SECOND"}""");

        var ended = await DataAsync("POST", $"/v1/profile/{profile}/session/end");

        ended.GetProperty("stamps").EnumerateArray().Select(stamp => stamp.GetProperty("status").GetString()).Should().Equal("SECOND");
    }

    [Test]
    public async Task Stamp_WithoutASession_IsRefused()
    {
        var profile = await ProfileAsync();
        (await FailureAsync("POST", Stamp(profile), """{"status":"LOST"}""")).Should().Be((409, "NO_ACTIVE_SESSION"));

        await DataAsync("POST", $"/v1/profile/{profile}/session/start");
        await DataAsync("POST", $"/v1/profile/{profile}/session/end");
        (await FailureAsync("POST", Stamp(profile), """{"status":"LOST"}""")).Should().Be((409, "NO_ACTIVE_SESSION"));
    }

    [TestCase("""{}""", "status")]
    [TestCase("""{"status":null}""", "status")]
    [TestCase("""{"status":""}""", "status")]
    [TestCase("""{"status":"lower"}""", "status")]
    [TestCase("""{"status":"A B"}""", "status")]
    [TestCase("""{"status":"A\n"}""", "status")]
    [TestCase("""{"status":"É"}""", "status")]
    [TestCase("""{"status":"A\u0000"}""", "status")]
    [TestCase("""{"status":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "status")]
    [TestCase("""{"status":1}""", "status")]
    [TestCase("""{"status":"A","meta":[]}""", "meta")]
    [TestCase("""{"status":"A","meta":"{}"}""", "meta")]
    [TestCase("""{"status":"A","meta":1}""", "meta")]
    public async Task Stamp_WrongMember_Is400NamingIt(string body, string member)
    {
        var profile = await StartedAsync();
        using var response = await SendAsync("POST", Stamp(profile), body);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var failure = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        failure.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(member);
        (await DataAsync("POST", $"/v1/profile/{profile}/session/end")).TryGetProperty("stamps", out _)
            .Should().BeFalse("nothing was stored");
    }

    [TestCase(4096, HttpStatusCode.OK)]
    [TestCase(4097, HttpStatusCode.BadRequest)]
    public async Task Stamp_Meta_IsTakenUpToItsLimitToTheByte(int bytes, HttpStatusCode status)
    {
        var profile = await StartedAsync();
        var meta = $$"""{"m":"{{new string('x', bytes - 8)}}"}""";
        meta.Should().HaveLength(bytes);

        using var response = await SendAsync("POST", Stamp(profile), $$"""{"status":"{{new string('A', 40)}}","meta":{{meta}}}""");

        response.StatusCode.Should().Be(status);
    }

    [Test]
    public async Task Stamps_BeyondTheLimitOfASession_AreRefusedHoweverManyAreSetAtOnce()
    {
        var profile = await StartedAsync();
        await Rows.ExecuteAsync("update profile_session set stamps = 195 where profile_id = @profile", new { profile });

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            using var response = await SendAsync("POST", Stamp(profile), $$"""{"status":"N_{{n}}"}""", node: n % 2 == 0 ? Node : OtherNode);
            return response.StatusCode;
        }));

        statuses.Count(status => status == HttpStatusCode.OK).Should().Be(5);
        statuses.Where(status => status != HttpStatusCode.OK).Should().AllBeEquivalentTo(HttpStatusCode.RequestEntityTooLarge);
        (await FailureAsync("POST", Stamp(profile), """{"status":"MORE"}""")).Should().Be((413, "PAYLOAD_TOO_LARGE"));
        (await DataAsync("POST", $"/v1/profile/{profile}/session/end")).GetProperty("stamps").GetArrayLength().Should().Be(5);
    }

    /// <summary>What was answered with 200 is in the answer that ends the session, whatever raced with it.</summary>
    [Test]
    public async Task Stamps_RacedWithTheEnd_AreStoredAndShownOrRefused()
    {
        for (var round = 0; round < 10; round++)
        {
            var profile = await StartedAsync();
            var stamping = Enumerable.Range(0, 6).Select(async n =>
            {
                using var response = await SendAsync(
                    "POST", Stamp(profile), $$"""{"status":"N_{{n}}"}""", node: n % 2 == 0 ? Node : OtherNode);
                response.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict);
                return response.StatusCode == HttpStatusCode.OK ? $"N_{n}" : null;
            }).ToArray();
            var ended = await DataAsync("POST", $"/v1/profile/{profile}/session/end");
            var stored = (await Task.WhenAll(stamping)).OfType<string>();

            var shown = ended.TryGetProperty("stamps", out var stamps)
                ? stamps.EnumerateArray().Select(stamp => stamp.GetProperty("status").GetString()!).ToArray()
                : [];
            shown.Should().BeEquivalentTo(stored);
        }
    }

    [Test]
    public async Task Stamp_OfAnotherTenantsProfile_IsNotFound() =>
        (await FailureAsync("POST", Stamp(await StartedAsync()), """{"status":"THEIRS"}""", key: AcmeKey))
            .Should().Be((404, "PROFILE_NOT_FOUND"));

    private static string Stamp(Guid profile) => $"/v1/profile/{profile}/session/stamp";

    private async Task<Guid> StartedAsync()
    {
        var profile = await ProfileAsync();
        await DataAsync("POST", $"/v1/profile/{profile}/session/start");
        return profile;
    }
}
