using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SdkChat.Api.OpenApi;

/// <summary>The document as text. It does not depend on the host or the start, so that it can be committed and compared.</summary>
internal static class OpenApiText
{
    public static async Task<string> WriteAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiSetup.Document);
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);
    }
}
