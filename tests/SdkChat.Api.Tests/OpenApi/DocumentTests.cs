using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.TestSupport;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Api.Tests.OpenApi;

/// <summary>The committed document against the service as it is, and the page that shows it.</summary>
public sealed partial class DocumentTests
{
    /// <summary>What is served beside the API: for operators and for people.</summary>
    private static readonly string[] BesideTheApi = ["/health/", "/openapi/", "/docs", "/console"];

    private TestApi _api = null!;

    /// <summary>The shared service has endpoints of the tests' own.</summary>
    [OneTimeSetUp]
    public async Task StartAsync() => _api = await TestApi.StartAsync(SharedApi.ConnectionString);

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [Test]
    public async Task Committed_IsWhatIsServed()
    {
        var served = await _api.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        var committed = await File.ReadAllTextAsync(ApiDocument.File);

        committed.TrimEnd().Equals(served.TrimEnd(), StringComparison.Ordinal).Should().BeTrue(
            "docs/openapi.json is out of date: ./sdkchat openapi > docs/openapi.json, and look at what has changed. The first difference: "
            + FirstDifference(committed, served));
    }

    [Test]
    public void Routes_AndDocument_ListTheSameCalls() =>
        ApiDocument.Committed.Operations.Select(operation => $"{operation.Method} {operation.Path}")
            .Should().BeEquivalentTo(
                Mapped().Where(route => route.Path != "/" && !BesideTheApi.Any(route.Path.StartsWith))
                    .Select(route => $"{route.Method} {route.Path}"));

    [Test]
    public void Routes_OfActions_AreAllOfTheApi_OrOfTheConsole() =>
        Mapped().Where(route => route.IsAction).Select(route => route.Path)
            .Should().OnlyContain(path => path.StartsWith("/api/v1/") || path.StartsWith("/v1/") || path.StartsWith("/console"));

    [Test]
    public void Document_Version_Is31() => ApiDocument.Committed.Root.GetProperty("openapi").GetString().Should().StartWith("3.1");

    [Test]
    public void Document_EveryOperation_NamesItsCredentials()
    {
        foreach (var (_, path, operation) in ApiDocument.Committed.Operations)
            operation.GetProperty("security").GetArrayLength().Should().BePositive(path);
    }

    [Test]
    public void Document_ChatDetail_HasTheContractsMembersInOrder() =>
        ApiDocument.Committed.Root.GetProperty("components").GetProperty("schemas").GetProperty("ChatDetail").GetProperty("properties")
            .EnumerateObject().Select(member => member.Name).Should().Equal(
                "chat_id", "profile_id", "profile_session_id", "profile_summary", "prompt", "status", "back_list_status", "todos",
                "recommended_items", "notification_items", "last_error", "created_at", "updated_at", "ended_at");

    [Test]
    public async Task Page_ForPeople_NeedsNothingFromElsewhere()
    {
        var page = await _api.Client.GetStringAsync(new Uri("/docs/", UriKind.Relative));

        page.Should().Contain("SdkChat");
        Reference().Matches(page).Select(match => match.Groups[1].Value).Should().NotBeEmpty()
            .And.NotContain(reference => reference.Contains("//", StringComparison.Ordinal));
    }

    private IEnumerable<(string Method, string Path, bool IsAction)> Mapped() =>
        from endpoint in _api.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Distinct()
        let path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
        let isAction = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        where method != HttpMethods.Head
        select (method, path, isAction);

    private static string FirstDifference(string committed, string served)
    {
        var (left, right) = (committed.Split('\n'), served.Split('\n'));
        var line = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}, committed '{left.ElementAtOrDefault(line)}', served '{right.ElementAtOrDefault(line)}'";
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Reference();
}
