using SdkChat.Api.ConsolePages;
using SdkChat.Api.ConsolePages.Files;
using SdkChat.Api.ConsolePages.Session;
using SdkChat.Api.FloorPlans;
using SdkChat.Api.Screens;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Api.Hosting;

/// <summary>
/// The console: pages for tenant admins (<c>/console</c>) and the backoffice (<c>/console/admin</c>) that use only the API, and the cookie
/// that signs a user in.
/// </summary>
internal static class ConsoleServiceCollectionExtensions
{
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddValidatedOptions<ConsoleOptions>(ConsoleOptions.Section)
            .Validate<IHostEnvironment>(
                (options, environment) =>
                    string.IsNullOrEmpty(options.Folder) || (environment.IsDevelopment() && Directory.Exists(options.Folder)),
                $"{ConsoleOptions.Section}:{nameof(ConsoleOptions.Folder)} takes a folder that is there, in Development alone.");
        return services.AddSingleton<ConsoleShelf>().AddSingleton<SessionCookie>().AddSingleton<FloorPlanUploads>()
            .AddHostedService<ScreenMonitor>();
    }

    /// <summary>Not part of the API, so not in its OpenAPI document.</summary>
    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        var console = routes.MapGroup(ConsolePaths.Tenant).ExcludeFromDescription();
        console.MapFiles();
        routes.Map("/", FileEndpoints.Root).ExcludeFromDescription();
        console.MapSessions();
        console.MapSignIn();
        console.MapScreens();
    }
}
