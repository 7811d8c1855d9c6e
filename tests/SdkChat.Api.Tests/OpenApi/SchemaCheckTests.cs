using System.Text.Json;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Api.Tests.OpenApi;

/// <summary>The checker itself: what it lets pass would pass everywhere.</summary>
public sealed class SchemaCheckTests
{
    private const string Document =
        """
        {"schemas":{
          "Failure":{"type":"object","required":["success","code"],"properties":{"success":{"enum":[false]},"code":{"type":"string"},"errors":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}}}}},
          "Chat":{"type":"object","required":["id","at"],"properties":{
            "id":{"type":"string","format":"uuid"},
            "at":{"type":["null","string"],"format":"date-time","pattern":"^[^.]+(\\.\\d{3})?Z$"},
            "size":{"type":"integer","minimum":1},
            "items":{"type":"array","maxItems":2,"items":{}},
            "status":{"type":"string","enum":["completed","error"]},
            "summary":{"$ref":"#/schemas/Summary"}}},
          "Summary":{"type":"object","properties":{"name":{"type":"string","minLength":1,"maxLength":3}}},
          "NotFound":{"allOf":[{"$ref":"#/schemas/Failure"},{"type":"object","properties":{"code":{"enum":["CHAT_NOT_FOUND"]}}}]}}}
        """;

    private const string Id = "01970b6e-6a64-7c11-9d5e-3f1f2b6a9c02";

    private static readonly JsonElement Root = JsonDocument.Parse(Document).RootElement;

    [TestCase("Chat", """{"id":"ID","at":"2026-04-23T05:28:08.250Z","size":1,"items":[1,{}],"status":"error","summary":{"name":"Kim"}}""")]
    [TestCase("Chat", """{"id":"ID","at":null,"items":["\ud800",{"\ud800":1}]}""")]
    [TestCase("Chat", """{"id":"ID","at":null}""")]
    [TestCase("NotFound", """{"success":false,"code":"CHAT_NOT_FOUND","errors":{"size":["no"]}}""")]
    public void Errors_OfWhatFits_AreNone(string schema, string value) => Errors(schema, value).Should().BeEmpty();

    [TestCase("Chat", """{"id":"01970B6E-6A64-7C11-9D5E-3F1F2B6A9C02","at":null}""", "$.id is")]
    [TestCase("Chat", """{"id":"ID"}""", "$.at is missing")]
    [TestCase("Chat", """{"id":"ID","at":"2026-04-23T05:28:08.25Z"}""", "$.at is")]
    [TestCase("Chat", """{"id":"ID","at":null,"size":0}""", "$.size is below")]
    [TestCase("Chat", """{"id":"ID","at":null,"size":"1"}""", "$.size is String")]
    [TestCase("Chat", """{"id":"ID","at":null,"size":1.5}""", "$.size is Number")]
    [TestCase("Chat", """{"id":"ID","at":null,"items":[1,2,3]}""", "$.items has 3")]
    [TestCase("Chat", """{"id":"ID","at":null,"status":"ended"}""", "$.status is ended")]
    [TestCase("Chat", """{"id":"ID","at":null,"summary":{"name":""}}""", "$.summary.name is too short")]
    [TestCase("Chat", """{"id":"ID","at":null,"summary":{"name":"Minji"}}""", "$.summary.name is too long")]
    [TestCase("Chat", """{"id":"ID","at":null,"todos":[]}""", "$.todos is not in")]
    [TestCase("Chat", """{"id":"ID","at":null,"summary":{"email":"x"}}""", "$.summary.email is not in")]
    [TestCase("NotFound", """{"success":false,"code":"PROFILE_NOT_FOUND"}""", "$.code is")]
    [TestCase("NotFound", """{"success":true,"code":"CHAT_NOT_FOUND"}""", "$.success is")]
    [TestCase("NotFound", """{"success":false,"code":"CHAT_NOT_FOUND","errors":{"size":"no"}}""", "$.errors.size is")]
    [TestCase("NotFound", """{"success":false,"code":"CHAT_NOT_FOUND","trace":"x"}""", "$.trace is not in")]
    public void Errors_OfWhatDoesNotFit_NameThePlace(string schema, string value, string error) =>
        Errors(schema, value).Should().ContainSingle().Which.Should().StartWith(error);

    [Test]
    public void Errors_OfAnUnknownKeyword_AreNotGuessed()
    {
        var check = () => new SchemaCheck(Root).Errors(Parse("""{"if":{}}"""), Parse("1"));

        check.Should().Throw<NotSupportedException>().WithMessage("*if*");
    }

    private static IReadOnlyList<string> Errors(string schema, string value) =>
        new SchemaCheck(Root).Errors(Root.GetProperty("schemas").GetProperty(schema), Parse(value));

    private static JsonElement Parse(string json) => JsonDocument.Parse(json.Replace("ID", Id, StringComparison.Ordinal)).RootElement;
}
