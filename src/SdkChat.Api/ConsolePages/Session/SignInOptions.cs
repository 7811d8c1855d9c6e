using System.ComponentModel.DataAnnotations;
using SdkChat.Api.Authentication;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// Sign-in to one page of the console at an OpenID Connect provider (sections <c>Console:SignIn:Tenant</c> and
/// <c>Console:SignIn:Backoffice</c>). Without a client id the page has the token form alone. Issuer, audience and claims of the tokens are
/// those of <c>Authentication:{scheme}</c>, which checks them.
/// </summary>
public sealed record SignInOptions
{
    public const string Section = "Console:SignIn";

    public static readonly IReadOnlyList<string> Names = [Schemes.Tenant, Schemes.Backoffice];

    private static readonly string[] DefaultScopes = ["openid", "offline_access"];

    /// <summary>Client id at the provider. Unset: the page has the token form alone.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Client secret at the provider. Unset for a public client, which only PKCE protects.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>
    /// OpenID Connect authority; its discovery document names the endpoints. HTTPS is required, except in Development. Default: the
    /// <c>Authority</c> of <c>Authentication:{scheme}</c>.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>Name of the provider on the sign-in button, at most 60 characters. Default: the host of the authority.</summary>
    [StringLength(60)]
    public string Name { get; set; } = "";

    /// <summary>
    /// Requested scopes, with <c>openid</c> among them. Without <c>offline_access</c> most providers issue no refresh token, and a session
    /// ends with its token. Default: openid and offline_access.
    /// </summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>
    /// Use the ID token for the session instead of the access token, for providers whose access tokens are no JWTs. The audience of
    /// <c>Authentication:{scheme}</c> must then be the client id.
    /// </summary>
    public bool UseIdToken { get; set; }

    /// <summary>Hours for which a session is renewed after a sign-in. Then the user signs in at the provider again.</summary>
    [Range(1, 720)]
    public int RenewalHours { get; set; } = 12;

    /// <summary>Time limit of one call to the provider, in seconds.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Time limit of the revocation of a refresh token, in seconds. The response to the browser waits for it.</summary>
    [Range(1, 60)]
    public int RevocationSeconds { get; set; } = 3;

    internal bool IsConfigured => !string.IsNullOrWhiteSpace(ClientId);

    internal IReadOnlyList<string> EffectiveScopes => Scopes.Count == 0 ? DefaultScopes : Scopes;

    internal string EffectiveName => Name.Length > 0 ? Name : new Uri(Authority!).Host;

    /// <summary>A page's settings with their defaults, not validated.</summary>
    internal static SignInOptions Read(IConfiguration configuration, string scheme)
    {
        var options = configuration.GetSection($"{Section}:{scheme}").Get<SignInOptions>() ?? new SignInOptions();
        options.TakeDefaults(configuration, scheme);
        return options;
    }

    internal void TakeDefaults(IConfiguration configuration, string scheme)
    {
        if (string.IsNullOrWhiteSpace(Authority))
            Authority = JwtSchemeOptions.Read(configuration, scheme).Authority;
    }
}
