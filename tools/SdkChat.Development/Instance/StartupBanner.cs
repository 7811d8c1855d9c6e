using System.Globalization;
using System.Text;
using MediatR;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants;
using SdkChat.Development.Seeding;

namespace SdkChat.Development.Instance;

/// <summary>Prints addresses, tokens and links once the service accepts requests. Plain text, so that tokens can be copied.</summary>
internal static class StartupBanner
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <param name="addresses">The addresses of the service; clients use the first.</param>
    /// <param name="sdkKey">The demo tenant's key; null without demo data.</param>
    /// <param name="nodes">A line about the nodes of a cluster; null for one node.</param>
    public static async Task PrintAsync(
        IServiceProvider services,
        IReadOnlyList<string> addresses,
        WebApplicationBuilder settings,
        DataFolder folder,
        string? sdkKey,
        bool embedded,
        string? nodes,
        CancellationToken cancellationToken)
    {
        var url = ListenAddress.Reachable(addresses[0]);
        var tokens = DevelopmentTokens.Create(settings, folder);
        var tenant = sdkKey is null ? null : await DemoTenantAsync(services, cancellationToken);
        var text = new StringBuilder();
        folder.Address = url;
        if (tokens.CanSign && settings.Environment.IsDevelopment())
            text.AppendLine(new ConsoleLinks(folder, tokens, services.GetRequiredService<TimeProvider>()).Describe(url, tenant));
        text.AppendLine(CultureInfo.InvariantCulture, $"SdkChat is up: {settings.Environment.EnvironmentName}, {(embedded ? $"embedded PostgreSQL in {folder.Path}" : "configured PostgreSQL")}");
        text.AppendLine();
        Line(text, "API", $"{string.Join(", ", addresses)}");
        if (nodes is not null)
            Line(text, "Nodes", nodes);
        Line(text, "Reference", $"{url}/docs");
        Line(text, "Ready", $"{url}/health/ready");
        if (tokens.CanSign)
            Line(text, "Backoffice token", tokens.ForBackoffice("ROLE_ADMIN", Lifetime));
        if (sdkKey is not null)
            Line(text, "SDK key", sdkKey);
        if (tenant is not null && tokens.CanSign)
            AddTenant(text, tokens.ForTenant(tenant, "admin", Lifetime), tenant, url);
        text.AppendLine();
        text.AppendLine("Ctrl-C stops it.");
        // In one write, so that no log line appears in between.
        await Console.Out.WriteAsync(text, cancellationToken);
    }

    private static void AddTenant(StringBuilder text, string token, Tenant tenant, string url)
    {
        Line(text, "Tenant token", token);
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"The newest chats of tenant '{tenant.Code}':");
        text.AppendLine(CultureInfo.InvariantCulture, $"  curl -s '{url}/api/v1/sdk-chat?size=3' -H 'Authorization: Bearer {token}'");
    }

    private static async Task<Tenant> DemoTenantAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new FindTenantQuery(DemoData.TenantCodes[0]), cancellationToken);
    }

    private static void Line(StringBuilder text, string label, string value) => text.AppendLine(CultureInfo.InvariantCulture, $"  {label,-18}{value}");
}
