using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SdkChat.Api.FloorPlans;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Json;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Api.OpenApi;

/// <summary>Describes the request and success bodies of an operation, with an example of each.</summary>
internal sealed class BodyTransformer : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    private static readonly JsonSerializerOptions Wire = WireOptions();

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var answer in context.Description.SupportedResponseTypes)
        {
            if (operation.Responses?.GetValueOrDefault($"{answer.StatusCode}") is OpenApiResponse response)
                Describe(response, answer.StatusCode, Examples.Get(answer.Type));
        }

        // For tools that read every body to its end: they should skip this operation, or close the connection.
        if (operation.Responses?.Values.Any(response => response.Content?.ContainsKey(SseOutput.ContentType) == true) == true)
            operation.AddExtension("x-endless-response", new JsonNodeExtension(JsonValue.Create(true)));
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<LargeBodyAttribute>().Any())
            operation.RequestBody = Images();
        else if (operation.RequestBody is OpenApiRequestBody body)
            Describe(body, context.Description.ParameterDescriptions.First(parameter => parameter.Source == BindingSource.Body).Type);
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiResponse response, int status, object? example)
    {
        response.Description = status switch
        {
            StatusCodes.Status201Created => "Created.",
            StatusCodes.Status202Accepted => "Accepted: it goes on behind the answer.",
            StatusCodes.Status304NotModified => "Not modified: the caller has this body already.",
            _ when response.Content?.ContainsKey(SseOutput.ContentType) == true =>
                "The stream, which stays open: a tool that checks answers reads the headers and the first events, "
                + "and then closes the connection.",
            _ => "Done.",
        };
        foreach (var (type, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            Show(content, Examples.Files.GetValueOrDefault(type) ?? example);
    }

    private static void Describe(OpenApiRequestBody body, Type type)
    {
        body.Description = "At most 64 KiB, in UTF-8, without duplicate members. Unknown members are ignored.";
        // Every +json media type is accepted; the document lists one.
        body.Content = body.Content?.Where(content => content.Key == Json).ToDictionary();
        foreach (var content in body.Content?.Values ?? [])
            Show(content, Examples.Get(type));
    }

    /// <summary>Floor plans are the only large bodies.</summary>
    private static OpenApiRequestBody Images() => new()
    {
        Description = "At most 1 MiB. SVG is refused.",
        Required = true,
        Content = ImageBody.MediaTypes.ToDictionary(
            type => type,
            type => new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                Example = JsonValue.Create((string)Examples.Files[type]),
            }),
    };

    private static void Show(OpenApiMediaType content, object? example) =>
        content.Example = example is string text
            ? JsonValue.Create(text)
            : example is null ? null : JsonSerializer.SerializeToNode(example, Wire);

    private static JsonSerializerOptions WireOptions()
    {
        var json = new JsonSerializerOptions();
        JsonConventions.Apply(json);
        return json;
    }
}
