using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using SdkChat.Api.Authentication;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>Ends a sign-in at the provider: with a session, or with the reason of its failure on the sign-in page.</summary>
internal sealed partial class ProviderEvents(
    SignInPage page, SignInOptions options, ProviderSessions sessions, ILogger<ProviderEvents> logger)
    : OpenIdConnectEvents
{
    /// <summary>The handler has verified the response and the ID token.</summary>
    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var address = context.ReturnUri ?? page.AddressFor(context.Request);
        var tokens = ProviderTokens.From(context.Properties!);
        var reason = await FindRefusalAsync(context.HttpContext, tokens);
        if (reason is not null)
        {
            // The refresh token is not revoked: with it a provider may end the user's sessions of other pages (RFC 7009, section 2.1).
            context.HandleResponse();
            context.Response.Redirect(ReturnAddress.With(address, reason));
            return;
        }

        // The handler puts this into the cookie of the page's renewal scheme, and then redirects.
        context.Principal = ProviderSessions.PrincipalOf(page, context.HttpContext.GetSubject());
        context.Properties = sessions.PropertiesOf(context.HttpContext, tokens);
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        context.Response.Redirect(ReturnAddress.With(context.ReturnUrl ?? page.AddressFor(context.Request), SignInReasons.Denied));
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        var reason = context.Properties is null ? null : SignInReasons.From(context.Failure);
        if (reason is null)
            return FailedSignInPage.WriteAsync(context.HttpContext);

        SignInFailed(options.EffectiveName, SignInReasons.Describe(context.Failure!));
        context.Response.Redirect(ReturnAddress.With(context.Properties!.RedirectUri ?? page.AddressFor(context.Request), reason));
        return Task.CompletedTask;
    }

    /// <summary>The provider sends the browser back. It always sees the page, whatever state came with it.</summary>
    public override Task SignedOutCallbackRedirect(RemoteSignOutContext context)
    {
        context.HandleResponse();
        context.Response.Redirect(page.AddressFor(context.Request));
        return Task.CompletedTask;
    }

    private async Task<string?> FindRefusalAsync(HttpContext http, ProviderTokens tokens)
    {
        try
        {
            if (await sessions.CheckAsync(http, page, tokens) is { } refusal)
                return SignInReasons.From(refusal);
            return sessions.TrySet(http, page, tokens) ? null : SignInReasons.TooLong;
        }
        catch (UnavailableException)
        {
            return SignInReasons.From(ErrorCode.Unavailable);
        }
    }

    [LoggerMessage(4031, LogLevel.Warning, "A sign-in at {Provider} failed: {Reason}")]
    private partial void SignInFailed(string provider, string reason);
}
