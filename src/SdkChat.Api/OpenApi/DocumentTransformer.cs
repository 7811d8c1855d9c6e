using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SdkChat.Api.Http.Errors;

namespace SdkChat.Api.OpenApi;

/// <summary>Adds the document's own description, and the components that its operations refer to.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "SdkChat",
            Version = "v1",
            Description =
                """
                Chats of a shop's app: live and in history for the tenant's admins, across tenants for the backoffice, and the calls
                of the SDK itself.

                Every answer is JSON in snake_case, `{"success": true, "data": …}` or `{"success": false, "code": "…", "message": "…"}`;
                unknown addresses are 404 `NOT_FOUND`. Readers must bear members that are not listed here. Instants are UTC, ISO 8601 with
                `Z`. Lists are newest first; `page` counts from 0, `size` is capped at 100, and the `Link` header walks the list without
                showing a row twice.

                HEAD and OPTIONS are generic and not listed for each address. Wherever there is a GET, other than on the stream, HEAD answers with
                its status and headers. OPTIONS is 204 and names the methods of an address in `Allow`; any other method is 405. Pages of allowed origins may call with credentials (CORS), and read `Link`, `ETag`, `Retry-After` and `X-Request-Id`;
                a call under `/api/` from a page of any other origin is 403 `ORIGIN_NOT_ALLOWED`.
                """,
            Contact = new OpenApiContact { Name = "SdkChat" },
            License = new OpenApiLicense { Name = "Proprietary", Identifier = "LicenseRef-Proprietary" },
        };
        // Relative to the host that served the document. The operations name the hosts of production and beta.
        document.Servers = [Servers.Own(context.ApplicationServices)];
        document.Tags = Tags();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = SecuritySchemes.All;
        document.AddComponent(RequestId.Header, DocumentedParameters.OwnRequestId);
        document.Components.Headers = DocumentedHeaders.All;
        document.Components.Examples = FailureExamples.All;
        document.AddComponent(FailureTransformer.Schema, FailureTransformer.Failure());
        ResolveNullUnions(document);
        Sort(document);
        return Task.CompletedTask;
    }

    private static HashSet<OpenApiTag> Tags() =>
    [
        new OpenApiTag { Name = "Backoffice", Description = "Super admins: every tenant's chats, and the service itself." },
        new OpenApiTag { Name = "SDK", Description = "The app, with its key: profiles, sessions and chats of its shoppers." },
        new OpenApiTag { Name = "Tenant", Description = "A tenant's admins: their chats, live and in history." },
    ];

    private static SortedDictionary<string, T> Sorted<T>(IDictionary<string, T>? named) =>
        new(named?.ToDictionary() ?? [], StringComparer.Ordinal);

    private static void ResolveNullUnions(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()))
        {
            var bodies = operation.Responses?.Values.Select(response => response.Content).Append(operation.RequestBody?.Content) ?? [];
            foreach (var content in bodies.SelectMany(body => body?.Values ?? Enumerable.Empty<OpenApiMediaType>()))
            {
                content.Schema = content.Schema is { } schema ? NullUnions.Resolve(schema) : null;
                if (content.Schema is OpenApiSchema { Properties: { } members } && members.TryGetValue("data", out var data))
                    members["data"] = NullUnions.Resolve(data);
            }
        }
    }

    /// <summary>Sorts by address and name, so that a new action changes only its own lines.</summary>
    private static void Sort(OpenApiDocument document)
    {
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(path => path.Key, StringComparer.Ordinal))
            paths.Add(path, item);
        document.Paths = paths;
        document.Components!.Schemas = Sorted(document.Components.Schemas);
        document.Components.Responses = Sorted(document.Components.Responses);
    }
}
