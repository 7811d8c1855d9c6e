using System.Globalization;
using System.Text;
using SdkChat.Api.Authentication;
using SdkChat.Api.ConsolePages;
using SdkChat.Application.Tenants;
using SdkChat.Development.SignIn;

namespace SdkChat.Development.Instance;

/// <summary>Creates and describes the links that sign a user in to the console of a development instance.</summary>
internal sealed class ConsoleLinks(DataFolder folder, DevelopmentTokens tokens, TimeProvider clock)
{
    private static readonly TimeSpan Session = TimeSpan.FromHours(12);

    private readonly SignInLinks _links = new(folder.Make().Path, clock);

    /// <param name="url">The address of the service.</param>
    /// <param name="tenant">Null to omit the tenant's link.</param>
    /// <returns>Lines to print.</returns>
    public string Describe(string url, Tenant? tenant)
    {
        var text = new StringBuilder().AppendLine("Open the console:");
        if (tenant is not null)
            Line(text, $"tenant {tenant.Code}", url, Schemes.Tenant, tokens.ForTenant(tenant, "admin", Session));
        Line(text, "backoffice", url, Schemes.Backoffice, tokens.ForBackoffice("ROLE_ADMIN", Session));
        return text.AppendLine(
            CultureInfo.InvariantCulture,
            $"  Each works once, within {SignInLinks.Lifetime.TotalMinutes} minutes. New ones: ./sdkchat sign-in{folder.Option}")
            .ToString();
    }

    private void Line(StringBuilder text, string label, string url, string scheme, string token) => text.AppendLine(
        CultureInfo.InvariantCulture,
        $"  {label,-18}{url}{ConsolePaths.Tenant}{SignInEndpoint.Path}{_links.Make(scheme, token, clock.GetUtcNow() + Session)}");
}
