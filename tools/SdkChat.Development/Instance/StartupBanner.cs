using System.Globalization;
using System.Text;
using MediatR;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants;
using SdkChat.Development.Seeding;

namespace SdkChat.Development.Instance;

/// <summary>
/// Prints addresses and links once the service accepts requests, and how to get tokens. No token itself: three of them would be longer than
/// the rest.
/// </summary>
internal static class StartupBanner
{
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
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"SdkChat is up: {settings.Environment.EnvironmentName}, "
                + $"{(embedded ? $"embedded PostgreSQL in {folder.Path}" : "configured PostgreSQL")}");
        text.AppendLine();
        Line(text, "API", $"{string.Join(", ", addresses)}");
        if (nodes is not null)
            Line(text, "Nodes", nodes);
        Line(text, "Reference", $"{url}/docs");
        Line(text, "Ready", $"{url}/health/ready");
        if (sdkKey is not null)
            Line(text, "SDK key", sdkKey);
        if (tokens.CanSign)
            AddTokens(text, tenant, url, folder.Option);
        text.AppendLine();
        text.AppendLine("Ctrl-C stops it.");
        // In one write, so that no log line appears in between.
        await Console.Out.WriteAsync(text, cancellationToken);
    }

    /// <param name="tenant">Null without demo data.</param>
    /// <param name="option">The option that names the data folder; empty for the default.</param>
    private static void AddTokens(StringBuilder text, Tenant? tenant, string url, string option)
    {
        Line(text, "Backoffice token", $"./sdkchat token backoffice{option}");
        if (tenant is null)
            return;

        var command = $"./sdkchat token tenant --tenant {tenant.Code}{option}";
        Line(text, "Tenant token", command);
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"The newest chats of tenant '{tenant.Code}':");
        text.AppendLine(
            CultureInfo.InvariantCulture, $"  curl -s '{url}/api/v1/sdk-chat?size=3' -H \"Authorization: Bearer $({command})\"");
    }

    private static async Task<Tenant> DemoTenantAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>()
            .Send(new FindTenantQuery(DemoData.TenantCodes[0]), cancellationToken);
    }

    private static void Line(StringBuilder text, string label, string value) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"  {label,-18}{value}");
}
