using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Authentication.Refusals;

/// <summary>
/// Checks whether the caller of a long request is still allowed, since the decision at its beginning may be out of date. It uses the same
/// caches.
/// </summary>
internal sealed class CallerRecheck(IAuthenticationSchemeProvider schemes, TenantAccess access)
{
    /// <returns>The response to a caller who would be refused now; null if the caller is still allowed.</returns>
    public async Task<IActionResult?> FindRefusalAsync(HttpContext http)
    {
        var scheme = http.Features.Get<Credential>()!.Scheme;
        // The request's own handlers keep their first result, so new ones are used.
        var handler = await new AuthenticationHandlerProvider(schemes).GetHandlerAsync(http, scheme);
        if (!(await handler!.AuthenticateAsync()).Succeeded)
        {
            http.Response.Headers.WWWAuthenticate = EnvelopeAuthorizationResultHandler.Challenge(http.Request, scheme);
            return new FailureResult(new Failure(ErrorCode.Unauthenticated));
        }

        var (refusal, _) = await access.DecideAsync(http, http.Features.Get<Credential>()!);
        return refusal is { } code ? new FailureResult(new Failure(code)) : null;
    }
}
