using System.Net;
using System.Text.Json;

namespace SdkChat.TestSupport.Documents;

/// <summary>
/// Holds every answer that a test gets against the OpenAPI document: status, headers, media type and body. So whatever the
/// service is made to say anywhere in the tests, errors included, is what the document says that it may.
/// </summary>
public sealed class DocumentedAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Json = "application/json";

    private static readonly SchemaCheck Schemas = new(ApiDocument.Committed.Root);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (IsOfTheApi(request.RequestUri!.AbsolutePath) && !IsTheServersOwn(response))
            await CheckAsync(request, response, cancellationToken);
        return response;
    }

    /// <summary>Tests have endpoints of their own beside the service's.</summary>
    private static bool IsOfTheApi(string path) =>
        (path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/v1/", StringComparison.OrdinalIgnoreCase))
        && !path.Contains("/probe", StringComparison.Ordinal);

    /// <summary>What the web server refuses has an empty body, and nothing of ours.</summary>
    private static bool IsTheServersOwn(HttpResponseMessage response) =>
        (int)response.StatusCode >= 400 && response.Content.Headers.ContentLength == 0 && !response.Headers.Contains("X-Request-Id");

    private static async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var document = ApiDocument.Committed;
        var what = $"{request.Method} {request.RequestUri!.AbsolutePath} is {(int)response.StatusCode}, which docs/openapi.json";
        if (document.Template(request.RequestUri.AbsolutePath) is not { } template)
        {
            response.IsSuccessStatusCode.Should().BeFalse($"{what} does not list");
            return;
        }

        if (request.Method == HttpMethod.Options)
            return;
        if (Responses(document, request.Method, template, response.StatusCode) is not { } responses)
        {
            response.StatusCode.Should().BeOneOf(
                [HttpStatusCode.MethodNotAllowed, HttpStatusCode.Forbidden, HttpStatusCode.RequestEntityTooLarge], $"{what} does not list");
            return;
        }

        responses.TryGetProperty($"{(int)response.StatusCode}", out var listed).Should().BeTrue($"{what} does not list for {template}");
        var answer = document.Meant(listed);
        CheckHeaders(document, answer, response, what);
        await CheckBodyAsync(answer, request, response, what, cancellationToken);
    }

    /// <summary>HEAD answers as GET does. An address refuses any other method as it says with each that it has.</summary>
    private static JsonElement? Responses(ApiDocument document, HttpMethod method, string template, HttpStatusCode status)
    {
        var name = method == HttpMethod.Head && status != HttpStatusCode.MethodNotAllowed ? HttpMethod.Get.Method : method.Method;
        return document.Operation(name, template)?.GetProperty("responses");
    }

    private static void CheckHeaders(ApiDocument document, JsonElement answer, HttpResponseMessage response, string what)
    {
        foreach (var header in answer.GetProperty("headers").EnumerateObject())
        {
            var isThere = response.Headers.NonValidated.Contains(header.Name)
                || response.Content.Headers.NonValidated.Contains(header.Name);
            var isRequired = document.Meant(header.Value).TryGetProperty("required", out var required) && required.GetBoolean();
            (isThere || !isRequired).Should().BeTrue($"{what} gives {header.Name}");
        }
    }

    private static async Task CheckBodyAsync(
        JsonElement answer, HttpRequestMessage request, HttpResponseMessage response, string what, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Head)
            return;
        if (!answer.TryGetProperty("content", out var contents))
        {
            (response.Content.Headers.ContentLength ?? 0).Should().Be(0, $"{what} gives no body");
            return;
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        contents.TryGetProperty(type, out var content).Should().BeTrue($"{what} does not give as '{type}'");
        if (type != Json)
            return;

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        using var body = JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(cancellationToken), new JsonDocumentOptions { MaxDepth = 1010 });
        Schemas.Errors(content.GetProperty("schema"), body.RootElement).Should().BeEmpty($"{what} describes otherwise");
    }
}
