using SdkChat.Api.Authentication;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>Renews a session with the refresh token of the provider. The page asks for it before its token expires.</summary>
internal sealed class SessionRenewal(ProviderSessions sessions, ProviderClient provider)
{
    /// <returns>
    /// Why the session is not renewed, or null. After UNAUTHENTICATED and FORBIDDEN it has ended; after UNAVAILABLE it continues.
    /// </returns>
    public async Task<ErrorCode?> RenewAsync(HttpContext http, SignInPage page)
    {
        if (await sessions.ReadAsync(http, page) is not { } ticket
            || ProviderTokens.From(ticket.Properties) is not { RefreshToken: { } refreshToken } before)
            return ErrorCode.Unauthenticated;
        if (await provider.RefreshAsync(page, refreshToken, http.RequestAborted) is not { } response)
            return ErrorCode.Unavailable;

        var tokens = ProviderTokens.From(response, before);
        var refusal = response.Error is null ? await sessions.CheckAsync(http, page, tokens) : ErrorCode.Unauthenticated;
        // A token for another user would be an error of the provider.
        if (refusal is not ErrorCode.Unauthenticated && http.GetSubject() != ticket.Subject)
            refusal = ErrorCode.Unauthenticated;
        if (refusal is not (ErrorCode.Unauthenticated or ErrorCode.Forbidden) && !sessions.TrySet(http, page, tokens))
            refusal = ErrorCode.Unauthenticated;
        if (refusal is ErrorCode.Unauthenticated or ErrorCode.Forbidden)
        {
            await sessions.ForgetAsync(http, page);
            return refusal;
        }

        // Whether the tenant is enabled is checked with each request, so such a refusal does not end the session.
        await sessions.StoreAsync(http, page, tokens, ticket.Properties);
        return refusal;
    }
}
