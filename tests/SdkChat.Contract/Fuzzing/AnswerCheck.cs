using System.Text.Json;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Contract.Fuzzing;

/// <summary>Whether an answer is one that the document lists: status, headers, content type and body.</summary>
internal sealed class AnswerCheck(ApiDocument document)
{
    private static readonly int[] Unlisted = [403, 405, 413];

    private readonly SchemaCheck _schemas = new(document.Root);

    /// <returns>What is wrong; null where nothing is.</returns>
    public string? Problem(FuzzRequest request, FuzzAnswer answer)
    {
        if (answer.Status == 500)
            return "status 500";
        if (answer.Status == 503 && !answer.Headers.ContainsKey("Retry-After"))
            return "status 503 without Retry-After";
        if (answer.IsOfWebServer)
            return null;
        if (request.MustBeRefused && request.Call.Method == request.Operation.Method && answer.Status < 400)
            return $"status {answer.Status} for a value that the document excludes";
        return request.IsPlain && answer.Status == 400
            ? $"status 400 for an example of the document: {answer.Text}"
            : Undocumented(request, answer);
    }

    private string? Undocumented(FuzzRequest request, FuzzAnswer answer)
    {
        var method = request.Call.Method;
        var path = request.Call.Path.Split('?')[0];
        // CORS answers some OPTIONS, with no body of the API's. An empty segment and one of dots lead to the address of another operation.
        if (method == "OPTIONS"
            || path.Split('/').Skip(1).Any(
                segment => segment.Length == 0 || segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).All(one => one == '.')))
            return null;
        var listed = method == "HEAD" && answer.Status != 405 ? "GET" : method;
        if (document.Template(Uri.UnescapeDataString(path), listed) is not { } template)
            return answer.Status < 400 ? $"status {answer.Status} at an address that the document does not list" : null;
        if (document.Operation(listed, template) is not { } operation)
            return Unlisted.Contains(answer.Status) ? null : $"status {answer.Status} for a method that the document does not list";
        if (!operation.GetProperty("responses").TryGetProperty($"{answer.Status}", out var response))
            return $"status {answer.Status}, which the document does not list";
        response = document.Meant(response);
        return MissingHeader(response, answer) ?? (method == "HEAD" ? null : WrongBody(response, answer));
    }

    private string? MissingHeader(JsonElement response, FuzzAnswer answer)
    {
        if (!response.TryGetProperty("headers", out var headers))
            return null;
        var missing = headers.EnumerateObject().FirstOrDefault(header =>
            !answer.Headers.ContainsKey(header.Name) && document.Meant(header.Value).TryGetProperty("required", out var required)
            && required.GetBoolean());
        return missing.Value.ValueKind == JsonValueKind.Undefined
            ? null
            : $"status {answer.Status} without {missing.Name}, which the document requires";
    }

    private string? WrongBody(JsonElement response, FuzzAnswer answer)
    {
        if (!response.TryGetProperty("content", out var contents))
            return answer.Body.Length == 0 ? null : $"status {answer.Status} with a body, which the document does not list";
        if (!contents.TryGetProperty(answer.ContentType, out var content))
            return $"status {answer.Status} as '{answer.ContentType}', which the document does not list";
        if (!answer.IsJson)
            return null;
        try
        {
            using var body = JsonDocument.Parse(answer.Body, new JsonDocumentOptions { MaxDepth = 1100 });
            var errors = _schemas.Errors(content.GetProperty("schema"), body.RootElement);
            return errors.Count == 0 ? null : $"status {answer.Status} with a body that the document describes otherwise: {errors[0]}";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return $"status {answer.Status} with a body that is no JSON text: {exception.Message}";
        }
    }
}
