using MediatR;
using SdkChat.Application.Tenants;
using SdkChat.Application.Tenants.FindTenant;
using SdkChat.Infrastructure.Seeding;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>What a person needs next, printed once the service answers. Plain text: tokens must survive copying.</summary>
internal static class Welcome
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <param name="sdkKey">The demo tenant's; null when there is no demo.</param>
    public static async Task PrintAsync(
        WebApplication app, WebApplicationBuilder settings, DataFolder folder, string? sdkKey, bool embedded, CancellationToken cancellationToken)
    {
        var url = ListenAddress.Reachable(app.Urls.First());
        var tokens = TokenCommand.Tokens(settings, folder);
        Console.WriteLine($"SdkChat is up: {settings.Environment.EnvironmentName}, {(embedded ? $"embedded PostgreSQL in {folder.Path}" : "configured PostgreSQL")}");
        Console.WriteLine();
        Line("API", $"{string.Join(", ", app.Urls)}");
        Line("Reference", $"{url}/docs");
        Line("Ready", $"{url}/health/ready");
        if (tokens.CanSign)
            Line("Backoffice token", tokens.ForBackoffice("ROLE_ADMIN", Lifetime));
        if (sdkKey is not null)
            Line("SDK key", sdkKey);
        if (sdkKey is not null && tokens.CanSign)
            await PrintTenantAsync(app.Services, tokens, url, cancellationToken);
        Console.WriteLine();
        Console.WriteLine("Ctrl-C stops it.");
    }

    private static async Task PrintTenantAsync(IServiceProvider services, DevelopmentTokens tokens, string url, CancellationToken cancellationToken)
    {
        var tenant = await DemoTenantAsync(services, cancellationToken);
        var token = tokens.ForTenant(tenant, "admin", Lifetime);
        Line("Tenant token", token);
        Console.WriteLine();
        Console.WriteLine($"The newest chats of tenant '{tenant.Code}':");
        Console.WriteLine($"  curl -s '{url}/api/v1/sdk-chat?size=3' -H 'Authorization: Bearer {token}'");
    }

    private static async Task<Tenant> DemoTenantAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new FindTenantQuery(DemoData.TenantCodes[0]), cancellationToken);
    }

    private static void Line(string label, string text) => Console.WriteLine($"  {label,-18}{text}");
}
