namespace SdkChat.Api.Authentication;

/// <summary>
/// One JWT scheme (sections <c>Authentication:Tenant</c> and <c>Authentication:Backoffice</c>). Published keys come from at most one of
/// <see cref="Authority"/>, <see cref="JwksUrl"/> and <see cref="JwksFile"/>. Secrets may be set in addition, so that issuers can change
/// from one to the other without a gap.
/// </summary>
public sealed record JwtSchemeOptions
{
    public const string Section = "Authentication";

    /// <summary>A secret shorter than the output of HS256 could be found by brute force from one token.</summary>
    public const int MinSecretBytes = 32;

    public static readonly IReadOnlyList<string> Names = [Schemes.Tenant, Schemes.Backoffice];

    /// <summary>
    /// Expected <c>iss</c> of tokens. Default: the authority if one is set, otherwise <c>sdkchat-tenant</c> or <c>sdkchat-backoffice</c>.
    /// </summary>
    public string Issuer { get; set; } = "";

    /// <summary>
    /// Expected <c>aud</c> of tokens; a token may list several. Default: <c>sdkchat-tenant</c> or <c>sdkchat-backoffice</c>.
    /// </summary>
    public string Audience { get; set; } = "";

    /// <summary>
    /// OIDC authority; its discovery document names the keys. HTTPS is required, except in Development or on a loopback address.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>URL of a JWKS document. HTTPS is required, except in Development or on a loopback address.</summary>
    public string? JwksUrl { get; set; }

    /// <summary>Path of a JWKS document. A change is read within seconds.</summary>
    public string? JwksFile { get; set; }

    /// <summary>HS256 secrets, UTF-8 text of at least 32 bytes each. Several secrets are valid at the same time, for rotation.</summary>
    public IReadOnlyList<string> Secrets { get; set; } = [];

    /// <summary>Name of the cookie that may hold the token. Default: <c>tenant_token</c> or <c>backoffice_token</c>.</summary>
    public string CookieName { get; set; } = "";

    public ClaimNames Claims { get; set; } = new();

    /// <summary>Whether published keys are configured.</summary>
    internal bool HasDocument =>
        !string.IsNullOrWhiteSpace(Authority) || !string.IsNullOrWhiteSpace(JwksUrl) || !string.IsNullOrWhiteSpace(JwksFile);

    internal string EffectiveIssuer(string scheme) =>
        Issuer.Length > 0 ? Issuer : string.IsNullOrWhiteSpace(Authority) ? DefaultName(scheme) : Authority;

    /// <summary>A scheme's settings with their defaults, not validated.</summary>
    internal static JwtSchemeOptions Read(IConfiguration configuration, string scheme)
    {
        var options = new JwtSchemeOptions();
        options.TakeDefaults(scheme);
        configuration.GetSection($"{Section}:{scheme}").Bind(options);
        return options;
    }

    internal void TakeDefaults(string scheme)
    {
        Audience = DefaultName(scheme);
        CookieName = scheme == Schemes.Tenant ? "tenant_token" : "backoffice_token";
        Claims.Role = scheme == Schemes.Tenant ? "role" : "roles";
    }

    private static string DefaultName(string scheme) => scheme == Schemes.Tenant ? "sdkchat-tenant" : "sdkchat-backoffice";
}
