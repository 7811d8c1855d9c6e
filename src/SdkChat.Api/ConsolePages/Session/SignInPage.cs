using SdkChat.Api.Authentication;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>A page of the console, and the addresses of its sessions.</summary>
/// <param name="Scheme">The scheme whose tokens the page accepts.</param>
/// <param name="Path">The address of the page.</param>
/// <param name="Session">The address of its session, below the console's.</param>
/// <param name="Policy">The callers whom the page accepts.</param>
internal sealed record SignInPage(string Scheme, string Path, string Session, string Policy)
{
    public static readonly SignInPage Tenant = new(Schemes.Tenant, ConsolePaths.Tenant, "/session", Policies.TenantAdmin);

    public static readonly SignInPage Backoffice = new(Schemes.Backoffice, ConsolePaths.Backoffice, "/admin/session", Policies.SuperAdmin);

    public static readonly IReadOnlyList<SignInPage> All = [Tenant, Backoffice];

    /// <summary>The scheme of the OpenID Connect handler.</summary>
    public string Provider => $"{Scheme}Provider";

    /// <summary>The scheme of the cookie with the provider's tokens.</summary>
    public string Renewal => $"{Scheme}Renewal";

    /// <summary>The address of the page for a browser, below the path of the proxies.</summary>
    public string AddressFor(HttpRequest request) => $"{request.PathBase}{Path}";

    public string SessionPath => ConsolePaths.Tenant + Session;

    public string CallbackPath => $"{SessionPath}/callback";

    public string SignOutPath => $"{SessionPath}/sign-out";

    public string SignedOutPath => $"{SessionPath}/signed-out";
}
