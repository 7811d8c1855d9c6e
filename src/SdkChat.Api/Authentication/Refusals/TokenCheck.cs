using Microsoft.AspNetCore.Authentication;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Authentication.Refusals;

/// <summary>
/// Checks a token that an identity provider has just issued, with the scheme and the rules of a request that carries it. It is the only
/// way to accept one, so sign-in and calls cannot differ.
/// </summary>
internal sealed class TokenCheck(IAuthenticationSchemeProvider schemes, TenantAccess access)
{
    /// <returns>
    /// The refusal, or null, and for the log why the token is not valid. If it is valid, the request has its credential, also when it is
    /// refused.
    /// </returns>
    /// <exception cref="UnavailableException">The keys or the tenant cannot be read.</exception>
    public async Task<(ErrorCode? Refusal, string? Reason)> CheckAsync(HttpContext http, string scheme, string token)
    {
        var headers = http.Request.Headers;
        var before = headers.Authorization;
        // A header wins over cookies, such as those of an earlier session.
        headers.Authorization = $"Bearer {token}";
        try
        {
            // The request's own handlers keep their first result, so new ones are used.
            var handler = await new AuthenticationHandlerProvider(schemes).GetHandlerAsync(http, scheme);
            var result = await handler!.AuthenticateAsync();
            if (!result.Succeeded)
                return (ErrorCode.Unauthenticated, result.Failure?.Message ?? "It is not a signed JWT.");
        }
        finally
        {
            headers.Authorization = before;
        }

        var (refusal, tenant) = await access.DecideAsync(http, http.Features.Get<Credential>()!);
        if (tenant is not null)
            http.SetTenant(tenant);
        return (refusal, null);
    }
}
