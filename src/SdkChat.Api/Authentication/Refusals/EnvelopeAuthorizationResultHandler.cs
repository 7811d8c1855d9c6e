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
/// Answers refused calls with the envelope. What exactly was wrong with a token stays here: it would help those who forge
/// them more than those who lost theirs.
/// </summary>
internal sealed class EnvelopeAuthorizationResultHandler(CallerLimits limits, IOptionsMonitor<JwtSchemeOptions> schemes) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);

        if (authorizeResult.Forbidden)
            return context.WriteErrorAsync(CodeOf(authorizeResult));

        // Who shows no credential at all guesses nothing.
        if (HasCredential(context.Request, policy) && !limits.AdmitsFailure(context))
            return context.WriteErrorAsync(ErrorCode.RateLimited);

        context.Response.Headers.WWWAuthenticate = Challenge(context.Request, policy.AuthenticationSchemes.Single());
        return context.WriteErrorAsync(ErrorCode.Unauthenticated);
    }

    private static ErrorCode CodeOf(PolicyAuthorizationResult result) =>
        result.AuthorizationFailure?.FailureReasons.OfType<AccessRefusal>().FirstOrDefault()?.Code ?? ErrorCode.Forbidden;

    /// <summary>Whether there is a credential of a kind that the endpoint takes. Other cookies, which a browser sends along, are none.</summary>
    private bool HasCredential(HttpRequest request, AuthorizationPolicy policy) =>
        request.Headers.Authorization.Count > 0
        || policy.AuthenticationSchemes.Any(scheme => scheme == Schemes.SdkKey
            ? request.Headers.ContainsKey(SdkKeyHandler.HeaderName)
            : TokenTransport.Find(request, schemes.Get(scheme).CookieName).Count > 0);

    /// <summary>RFC 6750: a caller that presented a token is told that it was no good, one that did not only what is wanted.</summary>
    public static string Challenge(HttpRequest request, string scheme)
    {
        if (scheme == Schemes.SdkKey)
            return "ApiKey, Bearer";

        return request.Headers.Authorization.Count > 0 ? "Bearer error=\"invalid_token\"" : "Bearer";
    }
}
