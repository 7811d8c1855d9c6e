using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SdkChat.TestSupport;

/// <summary>
/// An OpenID Connect provider (OpenIddict) on a free port of 127.0.0.1, without a database: a form that asks for a user's name, codes with
/// PKCE, signed access tokens, refresh tokens and sign-out.
/// </summary>
public sealed class TestProvider : IAsyncDisposable
{
    public const string TenantClient =
        "tenant-console", BackofficeClient = "backoffice-console", ClientSecret = "client-secret-for-tests-0123456789";

    /// <summary>The cookie of the user's session at the provider. Its value is the user's name.</summary>
    public const string UserCookie = "provider_user";

    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    /// <summary>Shared by all providers of the process: a new pair takes as long as a short test.</summary>
    private static readonly RsaSecurityKey EncryptionKey = new(RSA.Create(2048)), SigningKey = new(RSA.Create(2048));

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _usedRefreshTokens = new();
    private readonly ConcurrentDictionary<string, bool> _revokedRefreshTokens = new();
    private int _refreshes;
    private int _metadataReads;

    private TestProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(Configure);
        LoggedSecrets.Remember(ClientSecret);

        _app = builder.Build();
        _app.Use(FailIfDownAsync);
        _app.UseRouting();
        _app.UseAuthentication();
        _app.MapGet("/connect/authorize", Authorize);
        _app.MapPost("/login", (Delegate)LogInAsync);
        _app.MapGet("/connect/logout", LogOut);
    }

    /// <summary>Also the issuer, to the letter.</summary>
    public string Authority => _app.Urls.First() + "/";

    /// <summary>The claims of each user's access tokens. A user who is not in it is denied.</summary>
    public ConcurrentDictionary<string, Dictionary<string, string[]>> Users { get; } = new();

    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Every connection is closed without a response.</summary>
    public bool IsDown { get; set; }

    /// <summary>A refresh token is accepted once.</summary>
    public bool RotatesRefreshTokens { get; set; }

    /// <summary>The response to a refresh has no ID token.</summary>
    public bool OmitsIdTokenOnRefresh { get; set; }

    /// <summary>Answers revocations with 503.</summary>
    public bool RefusesRevocations { get; set; }

    /// <summary>Members of the metadata that differ from what the provider does.</summary>
    public ConcurrentDictionary<string, string> ReplacedMetadata { get; } = new();

    public IReadOnlyCollection<string> RevokedRefreshTokens => (IReadOnlyCollection<string>)_revokedRefreshTokens.Keys;

    /// <summary>How often the metadata was read.</summary>
    public int MetadataReads => _metadataReads;

    /// <summary>How often a refresh token was used.</summary>
    public int Refreshes => _refreshes;

    public static async Task<TestProvider> StartAsync()
    {
        var provider = new TestProvider();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>The service's settings for sign-in to both pages here.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Authentication:Tenant:Authority"] = Authority,
        ["Authentication:Backoffice:Authority"] = Authority,
        ["Console:SignIn:Tenant:ClientId"] = TenantClient,
        ["Console:SignIn:Tenant:ClientSecret"] = ClientSecret,
        ["Console:SignIn:Tenant:Name"] = "Shop Login",
        ["Console:SignIn:Backoffice:ClientId"] = BackofficeClient,
        ["Console:SignIn:Backoffice:ClientSecret"] = ClientSecret,
        // No busy machine reaches it.
        ["Console:SignIn:Tenant:TimeoutSeconds"] = "60",
        ["Console:SignIn:Backoffice:TimeoutSeconds"] = "60",
        ["Console:SignIn:Tenant:RevocationSeconds"] = "60",
        ["Console:SignIn:Backoffice:RevocationSeconds"] = "60",
    };

    /// <summary>An admin of the tenant.</summary>
    public void AddTenantUser(string name, Guid tenant, string role = "admin") =>
        Users[name] = new() { ["tenant_id"] = [tenant.ToString()], ["role"] = [role] };

    public void AddBackofficeUser(string name) => Users[name] = new() { ["roles"] = ["staff", "ROLE_ADMIN"] };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token")
            .SetEndSessionEndpointUris("connect/logout")
            .SetRevocationEndpointUris("connect/revoke")
            .AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange()
            .RegisterScopes(Scopes.OfflineAccess)
            .AddEncryptionKey(EncryptionKey).AddSigningKey(SigningKey).DisableAccessTokenEncryption()
            .EnableDegradedMode();
        server.UseAspNetCore().DisableTransportSecurityRequirement().EnableAuthorizationEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId is not (TenantClient or BackofficeClient)
                || context.RedirectUri?.EndsWith("/session/callback", StringComparison.Ordinal) != true)
                context.Reject(Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientSecret != ClientSecret)
                context.Reject(Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(_ => default));
        server.AddEventHandler<ValidateRevocationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientSecret != ClientSecret)
                context.Reject(Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<HandleRevocationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            _revokedRefreshTokens[context.Request.Token!] = true;
            return default;
        }));
        server.AddEventHandler<ApplyConfigurationResponseContext>(handler => handler.SetOrder(int.MinValue).UseInlineHandler(context =>
        {
            foreach (var (name, value) in ReplacedMetadata)
                context.Response[name] = value;
            return default;
        }));
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(Exchange));
    }

    private ValueTask Exchange(HandleTokenRequestContext context)
    {
        var isRefresh = context.Request.IsRefreshTokenGrantType();
        if (isRefresh)
            Interlocked.Increment(ref _refreshes);
        if (isRefresh && _revokedRefreshTokens.ContainsKey(context.Request.RefreshToken!))
        {
            context.Reject(Errors.InvalidGrant);
            return default;
        }

        if (isRefresh && RotatesRefreshTokens && !_usedRefreshTokens.TryAdd(context.Request.RefreshToken!, true))
        {
            context.Reject(Errors.InvalidGrant);
            return default;
        }

        // Users may have changed since.
        if (PrincipalOf(context.Principal!.GetClaim(Claims.Subject)!, context.Principal!.GetScopes(), context.Request.ClientId!)
            is { } principal)
            context.SignIn(isRefresh && OmitsIdTokenOnRefresh ? principal.SetScopes(Scopes.OfflineAccess) : principal);
        else
            context.Reject(Errors.InvalidGrant);
        return default;
    }

    private async Task FailIfDownAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/.well-known/openid-configuration"))
            Interlocked.Increment(ref _metadataReads);
        if (RefusesRevocations && context.Request.Path.StartsWithSegments("/connect/revoke"))
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else if (IsDown)
            context.Abort();
        else
            await next(context);
    }

    private IResult Authorize(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (context.Request.Cookies[UserCookie] is not { } name)
            return Results.Content(LogInForm(context.Request.QueryString.Value!), "text/html");

        return PrincipalOf(name, request.GetScopes(), request.ClientId!) is { } principal
            ? Results.SignIn(principal, authenticationScheme: Scheme)
            : Results.Forbid(authenticationSchemes: [Scheme]);
    }

    private static async Task<IResult> LogInAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        context.Response.Cookies.Append(UserCookie, form["user"].ToString());
        return Results.Redirect("/connect/authorize" + context.Request.QueryString);
    }

    private static IResult LogOut(HttpContext context)
    {
        if (context.GetOpenIddictServerRequest()!.IdTokenHint is { Length: > 0 })
            context.Response.Cookies.Delete(UserCookie);
        return Results.SignOut(authenticationSchemes: [Scheme]);
    }

    private ClaimsPrincipal? PrincipalOf(string name, IEnumerable<string> scopes, string client)
    {
        if (!Users.TryGetValue(name, out var claims))
            return null;

        var identity = new ClaimsIdentity(Scheme, Claims.Name, Claims.Role);
        identity.AddClaim(Claims.Subject, name);
        foreach (var (claim, values) in claims)
        {
            foreach (var value in values)
                identity.AddClaim(claim, value);
        }

        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        var principal = new ClaimsPrincipal(identity);
        return principal.SetScopes(scopes).SetResources(client == TenantClient ? "sdkchat-tenant" : "sdkchat-backoffice")
            .SetAccessTokenLifetime(TokenLifetime);
    }

    private static string LogInForm(string query) => $"""
        <!doctype html><title>Provider</title>
        <form method="post" action="/login{System.Net.WebUtility.HtmlEncode(query)}"><label>User <input name="user"></label><button>Log in</button></form>
        """;
}
