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
        Map(console, "/session", Schemes.Tenant, Policies.TenantAdmin);
        Map(console, "/admin/session", Schemes.Backoffice, Policies.SuperAdmin);
    }

    private static void Map(IEndpointRouteBuilder console, string path, string scheme, string policy)
    {
        console.MapGet(path, (HttpContext context, IHostEnvironment environment) => Tell(context, scheme, environment)).RequireAuthorization(policy);
        console.MapPost(path, (HttpContext context, SessionCookie cookie, IHostEnvironment environment) => Keep(context, cookie, scheme, environment))
            .RequireAuthorization(policy);
        // A user whose token has expired may still sign out.
        console.MapDelete(path, (HttpContext context, SessionCookie cookie) => Forget(context, cookie, scheme));
    }

    private static IResult Keep(HttpContext context, SessionCookie cookie, string scheme, IHostEnvironment environment)
    {
        var token = TokenTransport.Find(context.Request, cookie.NameOf(scheme))[0];
        if (!cookie.Fits(scheme, token))
            return new FailureResult(Failure.Invalid([("token", "is too long for a cookie, which holds 4 KB.")]));

        cookie.Set(context, scheme, token, context.GetAcceptedUntil());
        return Tell(context, scheme, environment);
    }

    private static IResult Tell(HttpContext context, string scheme, IHostEnvironment environment)
    {
        var tenant = scheme == Schemes.Tenant ? context.GetTenant() : null;
        return Results.Ok(new ApiResponse<SessionResponse>(new SessionResponse(
            tenant is null ? "backoffice" : "tenant",
            context.GetSubject(),
            tenant?.Id.Value,
            tenant?.Code.Value,
            context.GetAcceptedUntil() - JwtBearerSetup.ClockSkew,
            environment.IsDevelopment())));
    }

    private static IResult Forget(HttpContext context, SessionCookie cookie, string scheme)
    {
        cookie.Clear(context, scheme);
        return Results.NoContent();
    }
}
