using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Authentication.Refusals;

/// <summary>
/// Whether the caller of a request that takes long would still be let in: what was decided at its beginning may have changed. It asks the
/// same caches.
/// </summary>
internal sealed class CallerRecheck(IAuthenticationSchemeProvider schemes, TenantAccess access)
{
    /// <returns>The response to a caller who would be refused now; null for nothing.</returns>
    public async Task<IActionResult?> FindRefusalAsync(HttpContext http)
    {
        var scheme = http.Features.Get<Credential>()!.Scheme;
        // The request's own handlers keep what they found at its beginning.
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
