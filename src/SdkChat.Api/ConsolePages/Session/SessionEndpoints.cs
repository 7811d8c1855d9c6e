using SdkChat.Api.Authentication;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// Sign-in: a caller with a token that the API accepts gets it back as a cookie. The API's own authentication decides, with the same
/// responses. Pages of other sites can neither sign a user in nor out: the Origin gate refuses their writes here.
/// </summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder console)
    {
        foreach (var page in SignInPage.All)
        {
            console.MapGet(
                page.Session,
                async (HttpContext context, ProviderSessions sessions) => Describe(
                    context, page, await sessions.IsRenewalDueAsync(context, page)))
                .RequireAuthorization(page.Policy);
            console.MapPost(
                page.Session,
                (HttpContext context, SessionCookie cookie, ProviderSessions sessions) => KeepAsync(context, cookie, page, sessions))
                .RequireAuthorization(page.Policy).WithMetadata(new SetsTokenCookieAttribute());
            // A user whose token has expired may still sign out.
            console.MapDelete(page.Session, (HttpContext context, ProviderSessions sessions) => EndAsync(context, page, sessions));
        }
    }

    public static IResult Describe(HttpContext context, SignInPage page, bool? isRenewalDue)
    {
        var tenant = page.Scheme == Schemes.Tenant ? context.GetTenant() : null;
        return Results.Ok(new ApiResponse<SessionResponse>(new SessionResponse(
            tenant is null ? "backoffice" : "tenant",
            context.GetSubject(),
            tenant?.Id.Value,
            tenant?.Code.Value,
            context.GetAcceptedUntil() - JwtBearerSetup.ClockSkew,
            context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment(),
            isRenewalDue)));
    }

    private static async Task<IResult> KeepAsync(HttpContext context, SessionCookie cookie, SignInPage page, ProviderSessions sessions)
    {
        var token = VerifiedToken.Get(context).Text;
        if (!cookie.Fits(page.Scheme, token))
            return new FailureResult(Failure.Invalid([("token", "is too long for a cookie, which holds 4 KB.")]));

        cookie.Set(context, page.Scheme, token, context.GetAcceptedUntil());
        // It would become the session of the provider's user again.
        await sessions.RemoveRenewalAsync(context, page);
        return Describe(context, page, isRenewalDue: null);
    }

    /// <summary>
    /// Where there is a session at the provider to end as well, the response has the address at which the browser does that.
    /// </summary>
    private static async Task<IResult> EndAsync(HttpContext context, SignInPage page, ProviderSessions sessions) =>
        await sessions.EndAsync(context, page)
            ? Results.Ok(new ApiResponse<EndedSessionResponse>(new EndedSessionResponse($"{context.Request.PathBase}{page.SignOutPath}")))
            : Results.NoContent();
}
