using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// Sign-in at an OpenID Connect provider, beside the token form: its start, renewal and end. The handler itself answers the callbacks.
/// </summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder console)
    {
        foreach (var page in SignInPage.All)
        {
            var session = console.MapGroup(page.Session);
            session.MapGet("/provider", (HttpContext context, ProviderSessions sessions) => DescribeProviderAsync(context, page, sessions));
            session.MapGet(
                "/start",
                (HttpContext context, ProviderSessions sessions, ProviderProbe provider, IOptionsMonitor<OpenIdConnectOptions> handlers) =>
                    StartAsync(context, page, sessions, provider, handlers)).AddEndpointFilter(new OwnPageFilter(page));
            session.MapPost("/renew", (HttpContext context, SessionRenewal renewal) => RenewAsync(context, page, renewal));
            session.MapGet(
                "/sign-out",
                (HttpContext context, ProviderSessions sessions, ProviderProbe provider) => SignOutAsync(context, page, sessions, provider))
                .AddEndpointFilter(new OwnPageFilter(page));
        }
    }

    private static async Task<IResult> DescribeProviderAsync(HttpContext context, SignInPage page, ProviderSessions sessions)
    {
        var options = sessions.OptionsOf(page);
        if (!options.IsConfigured)
            return Results.Ok(new ApiResponse<ProviderResponse?>(null));

        var isRenewable = await sessions.ReadAsync(context, page) is { } ticket
            && ProviderTokens.From(ticket.Properties).RefreshToken is not null;
        return Results.Ok(new ApiResponse<ProviderResponse>(new ProviderResponse(options.EffectiveName, isRenewable)));
    }

    private static async Task<IResult> StartAsync(
        HttpContext context, SignInPage page, ProviderSessions sessions, ProviderProbe provider,
        IOptionsMonitor<OpenIdConnectOptions> handlers)
    {
        if (!sessions.OptionsOf(page).IsConfigured)
            return new FailureResult(new Failure(ErrorCode.NotFound));

        var address = ReturnAddress.Create(page.AddressFor(context.Request), context.Request.Query["view"]);
        if (!await provider.IsReachableAsync(page, context.RequestAborted))
            return Results.Redirect(ReturnAddress.With(address, SignInReasons.Unavailable));

        BegunSignIns.RemoveOldest(context, handlers.Get(page.Provider));
        await context.ChallengeAsync(page.Provider, new AuthenticationProperties { RedirectUri = address });
        return Results.Empty;
    }

    private static async Task<IResult> RenewAsync(HttpContext context, SignInPage page, SessionRenewal renewal)
    {
        var (refusal, isRenewalDue) = await renewal.RenewAsync(context, page);
        return refusal is { } code ? new FailureResult(new Failure(code)) : SessionEndpoints.Describe(context, page, isRenewalDue);
    }

    /// <summary>
    /// The browser follows this after <c>DELETE</c>. Hosts of other tenants are of the same site, so the cookie is sent with requests of
    /// their pages as well; <see cref="OwnPageFilter"/> refuses these.
    /// </summary>
    private static async Task<IResult> SignOutAsync(
        HttpContext context, SignInPage page, ProviderSessions sessions, ProviderProbe provider)
    {
        var address = page.AddressFor(context.Request);
        if (await sessions.ReadAsync(context, page) is not { } ticket)
            return Results.Redirect(address);

        var endsThere = await provider.CanEndSessionsAsync(page, context.RequestAborted);
        if (endsThere)
            await context.SignOutAsync(page.Provider, new AuthenticationProperties { RedirectUri = address });
        await sessions.ForgetAsync(context, page, ProviderTokens.From(ticket.Properties));
        return endsThere ? Results.Empty : Results.Redirect(ReturnAddress.With(address, SignInReasons.StillAtProvider));
    }
}
