using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>The tokens of a provider's response. Each is null if the provider did not send it.</summary>
/// <param name="SignOutHint">The last ID token, for the sign-out at the provider. It may be older than the response.</param>
internal sealed record ProviderTokens(string? AccessToken, string? IdToken, string? RefreshToken, string? SignOutHint)
{
    public static ProviderTokens From(AuthenticationProperties properties)
    {
        var idToken = properties.GetTokenValue(OpenIdConnectParameterNames.IdToken);
        return new ProviderTokens(
            properties.GetTokenValue(OpenIdConnectParameterNames.AccessToken),
            idToken,
            properties.GetTokenValue(OpenIdConnectParameterNames.RefreshToken),
            idToken);
    }

    /// <summary>
    /// A response to a refresh may leave out the ID token, and the refresh token if the last one stays valid.
    /// </summary>
    public static ProviderTokens From(OpenIdConnectMessage response, ProviderTokens before)
    {
        var idToken = string.IsNullOrEmpty(response.IdToken) ? null : response.IdToken;
        return new ProviderTokens(
            response.AccessToken, idToken, response.RefreshToken ?? before.RefreshToken, idToken ?? before.SignOutHint);
    }

    /// <summary>Stores the tokens that the next calls to the provider need. The session cookie has the other one.</summary>
    public void StoreIn(AuthenticationProperties properties)
    {
        var tokens = new List<AuthenticationToken>();
        if (SignOutHint is not null)
            tokens.Add(new AuthenticationToken { Name = OpenIdConnectParameterNames.IdToken, Value = SignOutHint });
        if (RefreshToken is not null)
            tokens.Add(new AuthenticationToken { Name = OpenIdConnectParameterNames.RefreshToken, Value = RefreshToken });
        properties.StoreTokens(tokens);
    }
}
