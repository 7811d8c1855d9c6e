using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>The tokens of a provider's response. Each is null if the provider did not send it.</summary>
internal sealed record ProviderTokens(string? AccessToken, string? IdToken, string? RefreshToken)
{
    public static ProviderTokens From(AuthenticationProperties properties) => new(
        properties.GetTokenValue(OpenIdConnectParameterNames.AccessToken),
        properties.GetTokenValue(OpenIdConnectParameterNames.IdToken),
        properties.GetTokenValue(OpenIdConnectParameterNames.RefreshToken));

    /// <summary>
    /// A response to a refresh may leave out the ID token, and the refresh token if the last one stays valid.
    /// </summary>
    public static ProviderTokens From(OpenIdConnectMessage response, ProviderTokens before) =>
        new(response.AccessToken, response.IdToken ?? before.IdToken, response.RefreshToken ?? before.RefreshToken);

    /// <summary>Stores the tokens that the next calls to the provider need. The session cookie has the other one.</summary>
    public void StoreIn(AuthenticationProperties properties)
    {
        var tokens = new List<AuthenticationToken>();
        if (IdToken is not null)
            tokens.Add(new AuthenticationToken { Name = OpenIdConnectParameterNames.IdToken, Value = IdToken });
        if (RefreshToken is not null)
            tokens.Add(new AuthenticationToken { Name = OpenIdConnectParameterNames.RefreshToken, Value = RefreshToken });
        properties.StoreTokens(tokens);
    }
}
