using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Api.Authentication.SdkKeys;
using SdkChat.Api.Http.Errors;
using SdkChat.Api.Http.RateLimits;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Authentication.Refusals;

/// <summary>
/// Responds to refused calls with the envelope. It does not say what exactly is wrong with a token, which would mainly help attackers.
/// </summary>
internal sealed class EnvelopeAuthorizationResultHandler(FailedAuthenticationLimiter limiter, IOptionsMonitor<JwtSchemeOptions> schemes)
    : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);

        if (authorizeResult.Forbidden)
            return context.WriteErrorAsync(CodeOf(authorizeResult));

        // A call without any credential is not an attempt to guess one.
        if (HasCredential(context, policy) && !limiter.TryAcquire(context))
            return context.WriteErrorAsync(ErrorCode.RateLimited);

        context.Response.Headers.WWWAuthenticate = Challenge(context.Request, policy.AuthenticationSchemes.Single());
        return context.WriteErrorAsync(ErrorCode.Unauthenticated);
    }

    private static ErrorCode CodeOf(PolicyAuthorizationResult result) =>
        result.AuthorizationFailure?.FailureReasons.OfType<AccessRefusal>().FirstOrDefault()?.Code ?? ErrorCode.Forbidden;

    /// <summary>
    /// Whether the request has a credential of a kind that the endpoint accepts. Other cookies, which a browser adds, do not count.
    /// </summary>
    private bool HasCredential(HttpContext context, AuthorizationPolicy policy)
    {
        var request = context.Request;
        return request.Headers.Authorization.Count > 0
            || policy.AuthenticationSchemes.Any(scheme => scheme == Schemes.SdkKey
                ? request.Headers.ContainsKey(SdkKeyHandler.HeaderName)
                : (TokenTransport.Find(request, schemes.Get(scheme).CookieName).Count > 0
                    || (scheme == Schemes.Tenant && ScreenCookie.IsPresented(context))));
    }

    /// <summary>
    /// RFC 6750: the response to a call with a token says that the token is invalid; to a call without one it names only the scheme.
    /// </summary>
    public static string Challenge(HttpRequest request, string scheme)
    {
        if (scheme == Schemes.SdkKey)
            return "ApiKey, Bearer";

        return request.Headers.Authorization.Count > 0 ? "Bearer error=\"invalid_token\"" : "Bearer";
    }
}
