using Microsoft.AspNetCore.Diagnostics;

namespace SdkChat.Api.Http.Errors;

/// <summary>Adds a body to failures that have only a status: unknown routes, wrong methods, wrong media types.</summary>
internal static class BareStatusEnvelope
{
    public static Task WriteAsync(StatusCodeContext status)
    {
        var (context, response) = (status.HttpContext, status.HttpContext.Response);

        // An OPTIONS request that is not a preflight asks for the methods of the address; routing has set Allow.
        if (HttpMethods.IsOptions(context.Request.Method) && response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return context.WriteErrorAsync(ErrorTable.ForStatus(response.StatusCode));
    }
}
