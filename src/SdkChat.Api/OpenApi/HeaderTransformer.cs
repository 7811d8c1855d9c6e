using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using SdkChat.Api.Chats;
using SdkChat.Api.Http;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Api.OpenApi;

/// <summary>Adds the headers of an operation's responses, other than failures.</summary>
internal sealed class HeaderTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        // An operation with a 304 response has an ETag; one with pages has links.
        var isTagged = operation.Responses?.ContainsKey("304") == true;
        var isPaged = operation.Parameters?.Any(parameter => parameter.Name == "page") == true;
        var waits = context.Description.ActionDescriptor.EndpointMetadata.OfType<WaitsAttribute>().FirstOrDefault();
        foreach (var response in operation.Responses?.Values.OfType<OpenApiResponse>() ?? [])
        {
            response.Headers = DocumentedHeaders.With(Names(response, isTagged, isPaged), context.Document);
            if (waits is not null)
                response.Headers[PreferHeader.Applied] = new OpenApiHeaderReference(PreferHeader.Applied, context.Document);
            if (waits is { IsTaggedOnlyThen: true })
                response.Headers[HeaderNames.ETag] = DocumentedHeaders.OptionalETag;
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<string> Names(OpenApiResponse response, bool isTagged, bool isPaged)
    {
        if (response.Content?.ContainsKey(SseOutput.ContentType) == true)
        {
            yield return DocumentedHeaders.AccelBuffering;
            yield break;
        }

        if (isTagged)
            yield return HeaderNames.ETag;
        if (isPaged)
            yield return HeaderNames.Link;
    }
}
