using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Api.Proxies;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// Configures the OpenID Connect handler of each page, and the cookie with its tokens: authorization code flow with PKCE, by redirects.
/// </summary>
internal sealed class ProviderSetup(
    IServiceProvider services, IOptionsMonitor<SignInOptions> settings, IOptions<ProxyOptions> proxies, IHostEnvironment environment,
    TimeProvider clock)
    : IConfigureNamedOptions<
        OpenIdConnectOptions>, IPostConfigureOptions<OpenIdConnectOptions>, IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public void Configure(OpenIdConnectOptions options) => throw new NotSupportedException("Every scheme has a name.");

    public void Configure(CookieAuthenticationOptions options) => throw new NotSupportedException("Every scheme has a name.");

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        var page = SignInPage.All.Single(page => page.Provider == name);
        var setting = settings.Get(page.Scheme);
        options.Authority = setting.Authority;
        options.ClientId = setting.ClientId;
        options.ClientSecret = setting.ClientSecret;
        options.RequireHttpsMetadata = !environment.IsDevelopment();
        options.ResponseType = OpenIdConnectResponseType.Code;
        // Not a posted form: browsers send no Lax cookies with a post of another site.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.Scope.Clear();
        foreach (var scope in setting.EffectiveScopes)
            options.Scope.Add(scope);

        options.CallbackPath = page.CallbackPath;
        options.SignedOutCallbackPath = page.SignedOutPath;
        options.SignedOutRedirectUri = page.Path;
        options.RemoteSignOutPath = default;
        options.SignInScheme = page.Renewal;
        options.SaveTokens = true;
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.BackchannelTimeout = TimeSpan.FromSeconds(setting.TimeoutSeconds);
        options.TimeProvider = clock;
        options.TokenValidationParameters.ClockSkew = JwtBearerSetup.ClockSkew;
        options.Events = ActivatorUtilities.CreateInstance<ProviderEvents>(services, page, setting);
        ForThisHost(options.CorrelationCookie, "sdkchat-sign-in-");
        ForThisHost(options.NonceCookie, "sdkchat-nonce-");
    }

    /// <summary>After the handler's own, which makes the client.</summary>
    public void PostConfigure(string? name, OpenIdConnectOptions options) =>
        options.ConfigurationManager = ProviderMetadata.CreateManager(options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        var page = SignInPage.All.Single(page => page.Renewal == name);
        options.Cookie.Name = $"{page.Scheme.ToLowerInvariant()}_renewal";
        // Not with every call: it may be larger than all other headers.
        options.Cookie.Path = proxies.Value.PathBase + page.SessionPath;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.HttpOnly = true;
        options.Cookie.IsEssential = true;
        options.Cookie.SecurePolicy = SecurePolicy;
        options.ExpireTimeSpan = TimeSpan.FromHours(settings.Get(page.Scheme).RenewalHours);
        options.SlidingExpiration = false;
        options.TimeProvider = clock;
    }

    private CookieSecurePolicy SecurePolicy => environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    /// <summary>
    /// No other host of the site can set a cookie with this prefix, so none can make a browser continue its own sign-in here.
    /// </summary>
    private void ForThisHost(CookieBuilder cookie, string name)
    {
        cookie.Name = environment.IsDevelopment() ? name : $"__Host-{name}";
        cookie.Path = "/";
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = SecurePolicy;
    }
}
