using System.Text.Json;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Api.Tests.OpenApi;

/// <summary>Links of the document: tools call one operation after the other by them.</summary>
public sealed class LinkTests
{
    private const string Body = "$response.body#/";
    private const string PathValue = "$request.path.";

    private static readonly ApiDocument Document = ApiDocument.Committed;

    private static IEnumerable<(string From, string Path, JsonElement Response, JsonElement Link)> Links =>
        from operation in Document.Operations
        from response in operation.Operation.GetProperty("responses").EnumerateObject()
        let links = response.Value.TryGetProperty("links", out var found) ? found.EnumerateObject() : Enumerable.Empty<JsonProperty>()
        from link in links
        select ($"{operation.Operation.GetProperty("operationId").GetString()}, {link.Name}", operation.Path, response.Value, link.Value);

    [Test]
    public void Links_OfTheDocument_LeadFromKickoffToHistory() =>
        Links.Select(link => link.From).Should().Contain(
            ["createProfile, startChat", "startChat, pollChat", "pollChat, triggerBackList", "triggerBackList, listProfileChats"]);

    [Test]
    public void Link_OfTheDocument_NamesAnOperationAndAllThatItsAddressNeeds()
    {
        foreach (var (from, _, _, link) in Links)
        {
            var target = Document.Operations.Single(
                operation => operation.Operation.GetProperty("operationId").GetString() == link.GetProperty("operationId").GetString());
            var needed = target.Operation.GetProperty("parameters").EnumerateArray().Select(Document.Meant)
                .Where(parameter => parameter.GetProperty("in").GetString() == "path")
                .Select(parameter => parameter.GetProperty("name").GetString());

            link.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).Should().BeEquivalentTo(needed, from);
        }
    }

    [Test]
    public void Link_OfTheDocument_TakesValuesThatTheExampleHas()
    {
        foreach (var (from, path, response, link) in Links)
        {
            var example = response.GetProperty("content").GetProperty("application/json").GetProperty("example");
            foreach (var source in link.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Value.GetString()!))
            {
                if (source.StartsWith(PathValue, StringComparison.Ordinal))
                    path.Should().Contain($"{{{source[PathValue.Length..]}}}", from);
                else
                    source[Body.Length..].Split('/').Aggregate(example, (at, name) => at.GetProperty(name))
                        .ValueKind.Should().Be(JsonValueKind.String, from);
            }
        }
    }
}
