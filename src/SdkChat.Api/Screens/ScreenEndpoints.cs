using MediatR;
using SdkChat.Api.Authentication;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Api.ConsolePages.Session;
using SdkChat.Api.Http.Errors;
using SdkChat.Api.Http.RateLimits;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Screens;

namespace SdkChat.Api.Screens;

/// <summary>
/// The wall's own calls: who the screen is, and the exchange of a link for the screen's cookie. The exchange is a POST of the service's own
/// page, so that a program that previews the link does not use it.
/// </summary>
internal static class ScreenEndpoints
{
    /// <summary>As long as browsers keep a cookie at most; each visit renews it.</summary>
    private static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(400);

    public static void MapScreens(this IEndpointRouteBuilder console)
    {
        console.MapGet("/screen", Describe).RequireAuthorization(Policies.TenantAdmin)
            .WithMetadata(new ScreenReadableAttribute(), new SetsTokenCookieAttribute());
        console.MapPost("/screen", ActivateAsync);
    }

    private static IResult Describe(HttpContext context, IHostEnvironment environment)
    {
        if (ScreenCookie.ScreenOf(context.GetSigningKey()) is not null)
            Keep(context, environment, VerifiedToken.Get(context).Text);
        return SessionEndpoints.Describe(context, SignInPage.Tenant, isRenewalDue: null);
    }

    private static async Task<IResult> ActivateAsync(
        HttpContext context, ActivateScreenRequest request, IMediator mediator, FailedAuthenticationLimiter failures,
        IHostEnvironment environment)
    {
        // Before the link is looked up, so that guesses over the limit cost no statement.
        if (failures.IsExceeded(context))
            return new FailureResult(new Failure(ErrorCode.RateLimited));

        try
        {
            // Not cancelled if the page goes away: the link works once.
            var hostTenant = context.RequestServices.GetRequiredService<TenantHosts>().TenantOf(context.Request.Host);
            var token = await mediator.Send(new ActivateScreenCommand(request.Code, hostTenant), CancellationToken.None);
            Keep(context, environment, token.Text);
            return Results.NoContent();
        }
        catch (NotFoundException) when (!failures.TryAcquire(context))
        {
            return new FailureResult(new Failure(ErrorCode.RateLimited));
        }
    }

    private static void Keep(HttpContext context, IHostEnvironment environment, string token)
    {
        var name = ScreenCookie.NameIn(environment);
        context.Response.Cookies.Append(name, token, SessionCookie.OptionsFor(context, name, environment, CookieLifetime));
    }
}

/// <param name="Code">The code in the link.</param>
internal sealed record ActivateScreenRequest(string? Code);
