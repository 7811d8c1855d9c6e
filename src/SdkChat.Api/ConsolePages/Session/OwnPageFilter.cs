using SdkChat.Api.Http.Errors;
using SdkChat.Api.Http.Origins;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// Protects GETs that have effects: only the service's own pages and the user may cause them. A user who follows a link of another page
/// sees the page of the console, without effect.
/// </summary>
internal sealed class OwnPageFilter(SignInPage page) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!FetchSite.IsForeign(request))
            return await next(context);

        return request.Headers["Sec-Fetch-Dest"] == "document"
            ? Results.Redirect(page.AddressFor(request))
            : new FailureResult(new Failure(ErrorCode.OriginNotAllowed));
    }
}
