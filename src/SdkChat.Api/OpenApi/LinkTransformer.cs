using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SdkChat.Api.OpenApi;

/// <summary>Adds links to the operations that use the ids in a response, so that tools can call one after the other.</summary>
internal sealed class LinkTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var link in DocumentedLinks.From(operation.OperationId ?? ""))
        {
            if (operation.Responses?.GetValueOrDefault(link.Status) is not OpenApiResponse response)
                throw new InvalidOperationException($"{operation.OperationId} has no answer {link.Status}.");
            response.Links ??= new Dictionary<string, IOpenApiLink>();
            response.Links[link.To] = new OpenApiLink
            {
                OperationId = link.To,
                Description = link.Description,
                Parameters = link.Parameters.ToDictionary(
                    parameter => parameter.Name,
                    parameter => new RuntimeExpressionAnyWrapper { Expression = RuntimeExpression.Build(parameter.Source) }),
            };
        }

        return Task.CompletedTask;
    }
}
