using Microsoft.AspNetCore.Diagnostics;

namespace SdkChat.Api.Http.Errors;

/// <summary>Gives a body to failures that are no more than a status: unknown routes, wrong methods, wrong media types.</summary>
internal static class BareStatusEnvelope
{
    public static Task WriteAsync(StatusCodeContext status)
    {
        var (context, response) = (status.HttpContext, status.HttpContext.Response);

        // An OPTIONS that is no preflight asks what the address knows; routing has said so in Allow.
        if (HttpMethods.IsOptions(context.Request.Method) && response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return context.WriteErrorAsync(ErrorTable.ForStatus(response.StatusCode));
    }
}
