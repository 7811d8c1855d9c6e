using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using SdkChat.Api.Live;

namespace SdkChat.Api.OpenApi;

/// <summary>Gives the answers of an operation, other than its failures, the headers that they carry.</summary>
internal sealed class HeaderTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        // An answer that may be 304 has a tag; one that is asked for by page has links.
        var isTagged = operation.Responses?.ContainsKey("304") == true;
        var isPaged = operation.Parameters?.Any(parameter => parameter.Name == "page") == true;
        foreach (var response in operation.Responses?.Values.OfType<OpenApiResponse>() ?? [])
        {
            string[] special = response.Content?.ContainsKey(EventStreamResult.ContentType) == true ? [DocumentedHeaders.AccelBuffering]
                : isTagged ? [HeaderNames.ETag]
                : isPaged ? [HeaderNames.Link]
                : [];
            response.Headers = DocumentedHeaders.With(special, context.Document);
        }

        return Task.CompletedTask;
    }
}
