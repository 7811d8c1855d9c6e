using System.Text.Json;
using System.Text.Json.Nodes;
using SdkChat.TestSupport;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Client.Tests.Documents;

/// <summary>The committed OpenAPI document against that of the last release: callers of the released one must notice no loss.</summary>
public sealed class CompatibilityTests
{
    private const string List = "/paths/~1api~1v1~1sdk-chat/get";
    private const string Recommend = "/paths/~1v1~1chat~1{profile_id}~1recommend/post";
    private const string Item = "/components/schemas/ChatListItem";

    private static readonly string Baseline = Repository.Path("docs/released/openapi.json");
    private static readonly string Released = File.ReadAllText(Baseline);

    [Test]
    public void Committed_TakesNothingFromTheReleased()
    {
        if (Environment.GetEnvironmentVariable("SDKCHAT_RELEASE") == "1")
            File.Copy(ApiDocument.File, Baseline, overwrite: true);

        ApiCompatibility.Losses(UndocumentedLimits.AddTo(Released), ApiDocument.Committed.Root).Should().BeEmpty(
            "a client of the last release must work: CONTRIBUTING.md, \"Compatibility\"");
    }

    [TestCase("/paths/~1api~1v1~1sdk-chat", "GET /api/v1/sdk-chat is gone")]
    [TestCase(Recommend, "POST /v1/chat/{profile_id}/recommend is gone")]
    [TestCase(List + "/responses/429", "GET /api/v1/sdk-chat 429 is gone")]
    [TestCase(List + "/responses/200/headers/Link", "*has lost the header Link")]
    [TestCase(List + "/responses/200/content", "*200 is no longer application/json")]
    [TestCase(List + "/parameters/0", "GET /api/v1/sdk-chat, query parameter * is gone")]
    [TestCase(List + "/security/0", "GET /api/v1/sdk-chat no longer takes *")]
    [TestCase(Item + "/properties/last_error", "*.last_error is gone")]
    [TestCase(Item + "/required/0", "*.chat_id may now be missing")]
    [TestCase("/components/schemas/ChatStatus/enum/2", "*has lost the value 'error'")]
    [TestCase("/components/schemas/ChatStatus/enum", "*is no longer an enumeration")]
    [TestCase(Item + "/properties/last_error/type/1", "*.last_error is no longer 'string'")]
    public void Losses_SomethingIsRemoved_AreFound(string path, string wildcard) =>
        LossesAfter(document => Remove(document, path)).Should().ContainMatch(wildcard);

    [TestCase(Item + "/properties/prompt/type", """["null","string"]""", "*.prompt is now 'null' as well")]
    [TestCase(Item + "/properties/chat_id/format", "\"uri\"", "*.chat_id has another format")]
    [TestCase(List + "/parameters/0/required", "true", "*is now required")]
    [TestCase(
        List + "/parameters/-", """{"name":"x","in":"query","required":true,"schema":{"type":"string"}}""",
        "*query parameter x is new and required")]
    [TestCase(List + "/parameters/0/schema/maxLength", "3", "*has another maxLength")]
    [TestCase(List + "/parameters/0/schema/enum", """["a"]""", "*is now limited to certain values")]
    [TestCase(Item + "/properties/profile_summary", """{"type":"string"}""", "*.profile_summary is no longer 'object'")]
    public void Losses_SomethingIsNarrowed_AreFound(string path, string value, string wildcard) =>
        LossesAfter(document => Set(document, path, JsonNode.Parse(value)!)).Should().ContainMatch(wildcard);

    /// <summary>A limit that the release kept without saying so may be documented, with its value alone.</summary>
    [TestCase("""["^[^\\u0000]*$"]""", 0)]
    [TestCase("""["^[a-z]*$"]""", 1)]
    public void Losses_LimitOfTheReleasedValidator_IsNoneWithItsValue(string pattern, int losses)
    {
        var changed = JsonNode.Parse(Released)!;
        Set(changed, "/components/schemas/StartChatRequest/properties/prompt/pattern", JsonNode.Parse(pattern)![0]!.DeepClone());

        ApiCompatibility.Losses(UndocumentedLimits.AddTo(Released), JsonSerializer.SerializeToElement(changed)).Should().HaveCount(losses);
    }

    [TestCase("/paths/~1api~1v1~1new", "{}")]
    [TestCase(List + "/parameters/-", """{"name":"q","in":"query","schema":{"type":"string"}}""")]
    [TestCase(List + "/responses/418", "{}")]
    [TestCase(Item + "/properties/extra", """{"type":"string"}""")]
    [TestCase("/components/schemas/ChatStatus/enum/-", "\"paused\"")]
    [TestCase("/info/description", "\"other words\"")]
    public void Losses_SomethingIsAdded_AreNone(string path, string value) =>
        LossesAfter(document => Set(document, path, JsonNode.Parse(value)!)).Should().BeEmpty();

    private static IReadOnlyList<string> LossesAfter(Action<JsonNode> change)
    {
        var changed = JsonNode.Parse(Released)!;
        change(changed);
        return ApiCompatibility.Losses(JsonDocument.Parse(Released).RootElement, JsonSerializer.SerializeToElement(changed));
    }

    private static void Remove(JsonNode document, string path)
    {
        var (parent, name) = At(document, path);
        if (parent is JsonArray list)
            list.RemoveAt(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture));
        else
            parent.AsObject().Remove(name).Should().BeTrue($"{path} is there");
    }

    private static void Set(JsonNode document, string path, JsonNode value)
    {
        var (parent, name) = At(document, path);
        if (parent is JsonArray list)
            list.Add(value);
        else
            parent[name] = value;
    }

    /// <summary>By a JSON pointer: what holds its last part, and that part.</summary>
    private static (JsonNode Parent, string Name) At(JsonNode document, string path)
    {
        var parts = path.Split('/')[1..].Select(part => part.Replace("~1", "/", StringComparison.Ordinal)).ToArray();
        var parent = parts[..^1].Aggregate(
            document,
            (at, part) => at is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : at[part]!);
        return (parent, parts[^1]);
    }
}
