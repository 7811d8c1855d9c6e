using System.Text.Json;
using SdkChat.Api.Http.Binding;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Api.Tests.OpenApi;

/// <summary>
/// The document's limits of texts in paths and queries: what is longer is refused, and what is not is no reason to refuse it.
/// </summary>
public sealed class ParameterLimitTests
{
    private const string Export = "/api/v1/sdk-chat/export";

    [Test]
    public void Document_EveryText_HasALimit()
    {
        var texts = ApiDocument.Committed.Operations.SelectMany(
            operation => Texts(operation.Operation).Select(text => (operation.Path, Text: text))).ToList();

        texts.Should().NotBeEmpty();
        texts.Where(text => !text.Text.GetProperty("schema").TryGetProperty("maxLength", out _)).Select(text => $"{text.Path}: {text.Text}")
            .Should().BeEmpty();
    }

    [Test]
    public void Cursor_OfTheLastPossibleRow_IsAsLongAsTheDocumentAllows()
    {
        var cursor = PageCursor.After(new ChatKey(
            DateTimeOffset.MaxValue, new ChatId(new Guid(Enumerable.Repeat(byte.MaxValue, 16).ToArray())))).ToString();

        PageCursor.TryParse(cursor, out _).Should().BeTrue();
        PageCursor.TryParse(cursor + "A", out _).Should().BeFalse();
        ApiDocument.Committed.Operations.SelectMany(operation => Texts(operation.Operation).Where(
            text => Name(text) == "cursor" && operation.Path is not Export and not "/api/v1/admin/sdk-chat/export"))
            .Select(MaxLength).Should().OnlyContain(limit => limit == cursor.Length).And.NotBeEmpty();
    }

    [Test]
    public void CursorOfAnExport_LongestRow_IsAsLongAsTheDocumentAllows()
    {
        const string Cursor = "9999-12-31T09:59:59.9999999-14:00,ffffffff-ffff-ffff-ffff-ffffffffffff";

        ExportCursor.TryParse(Cursor, out _).Should().BeTrue();
        ExportCursor.TryParse(Cursor.Replace("-14:00", "-014:00", StringComparison.Ordinal), out _).Should().BeFalse();
        MaxLength(Texts(ApiDocument.Committed.Operation("GET", Export)!.Value).Single(text => Name(text) == "cursor"))
            .Should().Be(Cursor.Length);
    }

    [Test]
    public void Events_AllNames_AreWithinTheLimit()
    {
        var all = string.Join(',', LiveEventNames.All);

        LiveEventNames.TryParse(all, out _).Should().BeTrue();
        LiveEventNames.TryParse(string.Join(',', Enumerable.Repeat(all, 3)), out _).Should().BeFalse();
    }

    /// <summary>Parameters that are any text of a form: not a format, such as UUID, and no list of values.</summary>
    private static IEnumerable<JsonElement> Texts(JsonElement operation) =>
        from reference in operation.GetProperty("parameters").EnumerateArray()
        let parameter = ApiDocument.Committed.Meant(reference)
        let schema = parameter.GetProperty("schema")
        where parameter.GetProperty("in").GetString() is "path" or "query"
            && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("string")
            && !schema.TryGetProperty("format", out _) && !schema.TryGetProperty("enum", out _)
        select parameter;

    private static string? Name(JsonElement parameter) => parameter.GetProperty("name").GetString();

    private static int MaxLength(JsonElement parameter) => parameter.GetProperty("schema").GetProperty("maxLength").GetInt32();
}
