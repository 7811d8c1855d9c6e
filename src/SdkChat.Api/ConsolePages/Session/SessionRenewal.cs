using SdkChat.Api.Authentication;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>Renews a session with the refresh token of the provider. The page asks for it before its token expires.</summary>
internal sealed partial class SessionRenewal(ProviderSessions sessions, ProviderClient provider, ILogger<SessionRenewal> logger)
{
    /// <returns>
    /// Why the session is not renewed, or null. After UNAUTHENTICATED and FORBIDDEN it has ended; after UNAVAILABLE it continues. And
    /// whether the next renewal is due; null if the session cannot be renewed and ends with its token.
    /// </returns>
    public async Task<(ErrorCode? Refusal, bool? IsRenewalDue)> RenewAsync(HttpContext http, SignInPage page)
    {
        if (await sessions.ReadAsync(http, page) is not { } ticket
            || ProviderTokens.From(ticket.Properties) is not { RefreshToken: { } refreshToken } before)
            return (ErrorCode.Unauthenticated, null);
        if (await provider.RefreshAsync(page, refreshToken, http.RequestAborted) is not { } response)
            return (ErrorCode.Unavailable, null);

        var tokens = ProviderTokens.From(response, before);
        var isMissing = response.Error is null && sessions.OptionsOf(page).UseIdToken && tokens.IdToken is null;
        if (isMissing)
        {
            IdTokenMissing(sessions.OptionsOf(page).EffectiveName);
            tokens = tokens with { RefreshToken = null };
        }

        ErrorCode? refusal;
        try
        {
            refusal = response.Error is null
                ? await ReplaceAsync(http, page, ticket.Subject, tokens, isMissing ? before : null)
                : ErrorCode.Unauthenticated;
        }
        catch (UnavailableException)
        {
            // The provider may accept a refresh token once, and the last one was used.
            await ProviderSessions.StoreUncheckedAsync(http, page, tokens, ticket);
            return (ErrorCode.Unavailable, null);
        }

        if (refusal is ErrorCode.Unauthenticated or ErrorCode.Forbidden)
        {
            // Not revoked, as after a refused sign-in (ProviderEvents).
            await sessions.ForgetAsync(http, page, null);
            return (refusal, null);
        }

        // Whether the tenant is enabled is checked with each request, so such a refusal does not end the session.
        await sessions.StoreAsync(http, page, tokens, ticket.Properties);
        return (refusal, isMissing ? null : false);
    }

    /// <summary>Sets the session cookie to the new token.</summary>
    /// <param name="current">The tokens of the session, if there is no new one: it continues until its token expires.</param>
    private async Task<ErrorCode?> ReplaceAsync(
        HttpContext http, SignInPage page, string subject, ProviderTokens tokens, ProviderTokens? current)
    {
        var refusal = await sessions.CheckAsync(http, page, current ?? tokens);
        if (refusal is ErrorCode.Unauthenticated or ErrorCode.Forbidden)
            return refusal;

        // A token for another user would be an error of the provider.
        return http.GetSubject() == subject && (current is not null || sessions.TrySet(http, page, tokens))
            ? refusal
            : ErrorCode.Unauthenticated;
    }

    [LoggerMessage(
        4035, LogLevel.Warning,
        "Sessions of {Provider} cannot be renewed: its response to a refresh has no ID token, which UseIdToken requires")]
    private partial void IdTokenMissing(string provider);
}
