using System.Net;
using System.Text;
using System.Text.Json;
using SdkChat.Api.Http.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.Domain.Common;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Http;

public sealed class JsonTests
{
    private static readonly JsonSerializerOptions Json = Options();

    [TestCase("2026-04-23T05:28:08+00:00", "2026-04-23T05:28:08Z")]
    [TestCase("2026-04-23T14:28:08.5+09:00", "2026-04-23T05:28:08.500Z")]
    [TestCase("2026-04-23T05:28:08.0009999Z", "2026-04-23T05:28:08Z")]
    [TestCase("0001-01-01T00:00:00.001Z", "0001-01-01T00:00:00.001Z")]
    public void Instant_OnTheWire_IsUtcWithThreeDigitsOrNone(string instant, string wire) =>
        JsonSerializer.Serialize(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), Json)
            .Should().Be($"\"{wire}\"");

    [TestCase("""{"text":1}""", "text")]
    [TestCase("""{"number":"1"}""", "number")]
    [TestCase("""{"number":1.5}""", "number")]
    [TestCase("""{"number":99999999999}""", "number")]
    [TestCase("""{"at":"yesterday"}""", "at")]
    [TestCase("""{"status":"lost"}""", "status")]
    [TestCase("""{"status":1}""", "status")]
    [TestCase("""{"text":"\ud800"}""", "text")]
    [TestCase("[]", "body")]
    [TestCase("null", "body")]
    [TestCase("7", "body")]
    public async Task Body_OfTheWrongType_NamesTheMember(string body, string member)
    {
        using var response = await PostAsync(body);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var failure = await response.FailureAsync();
        failure.GetProperty("code").GetString().Should().Be("VALIDATION_FAILED");
        failure.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(member);
        failure.ToString().Should().NotContainAny("System.", "ProbeBody");
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{}}")]
    [TestCase("{} x")]
    [TestCase("{}{}")]
    [TestCase("{'text':1}")]
    [TestCase("""{"text":"a",}""")]
    [TestCase("""{"text":"a" /* why */}""")]
    [TestCase("""{"text":"a","text":"b"}""")]
    [TestCase("""{"unknown":{"a":1,"b":[{"c":1,"c":2}]}}""")]
    [TestCase("""{"raw":{"a":{"b":1,"b":2}}}""")]
    [TestCase("""{"number":"1" oops""")]
    [TestCase("""{"text":NaN}""")]
    public async Task Body_ThatIsNoJson_IsMalformed(string body)
    {
        using var response = await PostAsync(body);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.FailureCodeAsync()).Should().Be("MALFORMED_JSON");
    }

    [Test]
    public async Task Body_AfterAByteOrderMark_IsRead()
    {
        using var marked = await PostAsync([0xEF, 0xBB, 0xBF, .. """{"text":"é"}"""u8]);
        using var twice = await PostAsync([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. "{}"u8]);
        using var alone = await PostAsync([0xEF, 0xBB, 0xBF]);

        (await marked.DataAsync()).GetProperty("text").GetString().Should().Be("é");
        (await twice.FailureCodeAsync()).Should().Be("MALFORMED_JSON");
        (await alone.FailureCodeAsync()).Should().Be("MALFORMED_JSON");
    }

    [TestCase("gzip", 415)]
    [TestCase("br, gzip", 415)]
    [TestCase("identity", 200)]
    [TestCase(" Identity ", 200)]
    [TestCase("", 200)]
    public async Task Body_ThatIsEncoded_IsRefusedByName(string coding, int status)
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        using var response = await SharedApi.Api.Client.PostAsync("/v1/probe/body", content);

        ((int)response.StatusCode).Should().Be(status);
        if (status == 415)
            (await response.FailureAsync()).GetProperty("message").GetString().Should().Contain("Content-Encoding");
    }

    [TestCase("ffffffffffffffffffff\r\n{}\r\n0\r\n\r\n")]
    [TestCase("80000000\r\n{}\r\n0\r\n\r\n")]
    [TestCase("7fffffffffffffff\r\n{}\r\n0\r\n\r\n")]
    [TestCase("-1\r\n{}\r\n0\r\n\r\n")]
    [TestCase("x\r\n{}\r\n0\r\n\r\n")]
    [TestCase("2\r\n{}x\r\n0\r\n\r\n")]
    public async Task Body_InImpossibleChunks_IsTheCallersFault(string chunks)
    {
        using var socket = await StreamSocket.SendAsync(
            SharedApi.Api.BaseAddress,
            "POST /v1/probe/body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);

        (await socket.UntilAsync("\r\n")).Should().MatchRegex("^HTTP/1.1 4(00|13) ");
    }

    [Test]
    public async Task Body_OfThousandsOfMembers_MayRepeatNone()
    {
        var members = string.Join(',', Enumerable.Range(0, 7000).Select(n => $"\"{n}\":1"));
        using var distinct = await PostAsync($"{{{members}}}");
        using var repeated = await PostAsync($"{{{members},\"\\u0030\":1}}");

        distinct.StatusCode.Should().Be(HttpStatusCode.OK);
        (await repeated.FailureCodeAsync()).Should().Be("MALFORMED_JSON");
    }

    [Test]
    public async Task Body_ThatIsNoUtf8_IsMalformed()
    {
        using var response = await PostAsync([.. "{\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8]);

        (await response.FailureCodeAsync()).Should().Be("MALFORMED_JSON");
    }

    [Test]
    public async Task Body_NestedTooDeep_IsMalformed()
    {
        using var deep = await PostAsync($$"""{"raw":{{new string('[', 900)}}{{new string(']', 900)}}}""");
        using var tooDeep = await PostAsync(new string('[', 30_000) + new string(']', 30_000));

        deep.StatusCode.Should().Be(HttpStatusCode.OK);
        (await tooDeep.FailureCodeAsync()).Should().Be("MALFORMED_JSON");
    }

    [TestCase("""{"text":"한국어 <b> & 'é' \u0022"}""", """{"text":"한국어 <b> & 'é' \"","number":null,"at":null,"raw":null,"status":null}""")]
    [TestCase("""{"status":"in_progress","more":1}""", """{"text":null,"number":null,"at":null,"raw":null,"status":"in_progress"}""")]
    public async Task Body_OfTheRightTypes_IsAnswered(string body, string data)
    {
        using var response = await PostAsync(body);

        (await response.Content.ReadAsStringAsync()).Should().Be($$"""{"success":true,"data":{{data}}}""");
    }

    [TestCase("[1.0E2, 12345678901234567890 ,1e400]")]
    [TestCase("""["\u0000","\ud800", "/", "\/", "\u00e9" ]""")]
    [TestCase("{ \"b\" : 1,\n\t\"a\":  { } }")]
    [TestCase("\"\u2028\"")]
    public async Task RawValue_ThroughTheService_KeepsEveryByte(string raw)
    {
        using var response = await PostAsync($$"""{"raw": {{raw}} }""");

        (await response.Content.ReadAsStringAsync()).Should().Contain($"\"raw\":{raw},\"status\"");
    }

    [Test]
    public void RawValue_ThatIsEmpty_IsNull() => JsonSerializer.Serialize(default(RawJson), Json).Should().Be("null");

    private static Task<HttpResponseMessage> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));

    private static Task<HttpResponseMessage> PostAsync(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return SharedApi.Api.Client.PostAsync("/v1/probe/body", content);
    }

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions();
        JsonConventions.Apply(options);
        return options;
    }
}
