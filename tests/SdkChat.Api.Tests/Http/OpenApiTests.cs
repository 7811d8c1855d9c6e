using System.Text.Json;
using System.Text.RegularExpressions;

namespace SdkChat.Api.Tests.Http;

/// <summary>The document that describes the API, and the page that shows it.</summary>
public sealed partial class OpenApiTests
{
    private static readonly string[] Paths =
    [
        "/api/v1/sdk-chat",
        "/api/v1/sdk-chat/{chat_id}",
        "/api/v1/sdk-chat/events/stream",
        "/api/v1/admin/sdk-chat",
        "/api/v1/admin/sdk-chat/{chat_id}",
        "/v1/validation",
        "/v1/profile",
        "/v1/profile/{profile_id}",
        "/v1/profile/{profile_id}/session/start",
        "/v1/profile/{profile_id}/session/end",
        "/v1/chat/{profile_id}/recommend",
        "/v1/chat/{profile_id}/recommend/{chat_id}",
        "/v1/chat/{profile_id}/backlist-trigger",
    ];

    private JsonElement _document;

    [OneTimeSetUp]
    public async Task ReadDocument()
    {
        using var document = JsonDocument.Parse(await SharedApi.Api.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        _document = document.RootElement.Clone();
    }

    [Test]
    public void Document_Version_Is31() => _document.GetProperty("openapi").GetString().Should().StartWith("3.1");

    [Test]
    public void Document_EveryEndpointOfTheContract_IsThere() =>
        _document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Should().Contain(Paths);

    [Test]
    public void Document_EveryOperationOfTheContract_NamesItsCredentials()
    {
        foreach (var operation in Operations())
            operation.GetProperty("security").GetArrayLength().Should().BePositive(operation.GetRawText());
    }

    [Test]
    public void Document_EveryParameter_IsInSnakeCase() =>
        Operations()
            .Where(operation => operation.TryGetProperty("parameters", out _))
            .SelectMany(operation => operation.GetProperty("parameters").EnumerateArray())
            .Where(parameter => parameter.GetProperty("in").GetString() != "header")
            .Select(parameter => parameter.GetProperty("name").GetString())
            .Should().NotBeEmpty().And.OnlyContain(name => SnakeCase().IsMatch(name!));

    [Test]
    public void Document_ChatDetail_HasTheContractsMembersInOrder() =>
        _document.GetProperty("components").GetProperty("schemas").GetProperty("ChatDetailResponse").GetProperty("properties")
            .EnumerateObject().Select(member => member.Name).Should().Equal(
                "chat_id", "profile_id", "profile_session_id", "profile_summary", "prompt", "status", "back_list_status", "todos",
                "recommended_items", "notification_items", "last_error", "created_at", "updated_at", "ended_at");

    [Test]
    public async Task Page_ForPeople_NeedsNothingFromElsewhere()
    {
        var page = await SharedApi.Api.Client.GetStringAsync(new Uri("/docs/", UriKind.Relative));

        page.Should().Contain("SdkChat");
        Reference().Matches(page).Select(match => match.Groups[1].Value).Should().NotBeEmpty()
            .And.NotContain(reference => reference.Contains("//", StringComparison.Ordinal));
    }

    private IEnumerable<JsonElement> Operations() =>
        from path in _document.GetProperty("paths").EnumerateObject()
        where Paths.Contains(path.Name)
        from operation in path.Value.EnumerateObject()
        select operation.Value;

    [GeneratedRegex("^[a-z_]+$")]
    private static partial Regex SnakeCase();

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Reference();
}
