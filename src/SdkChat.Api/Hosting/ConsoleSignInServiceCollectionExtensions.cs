using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication.Refusals;
using SdkChat.Api.ConsolePages.Files;
using SdkChat.Api.ConsolePages.Session;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Api.Hosting;

/// <summary>
/// Sign-in to the console at an OpenID Connect provider. Pages without one get no handler, so requests pay nothing for it.
/// </summary>
internal static class ConsoleSignInServiceCollectionExtensions
{
    public static IServiceCollection AddConsoleSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var scheme in SignInOptions.Names)
        {
            services.AddValidatedOptions<SignInOptions>($"{SignInOptions.Section}:{scheme}", scheme)
                .PostConfigure<IConfiguration>((options, settings) => options.TakeDefaults(settings, scheme));
        }

        services.AddSingleton<IValidateOptions<SignInOptions>, SignInOptionsValidator>();
        services.AddSingleton<TokenCheck>().AddSingleton<ProviderClient>().AddSingleton<ProviderProbe>();
        services.AddSingleton<ProviderSessions>().AddSingleton<SessionRenewal>();
        SignInPage[] pages = [.. SignInPage.All.Where(page => SignInOptions.Read(configuration, page.Scheme).IsConfigured)];
        return pages.Length == 0
            ? services
            : services.AddProviders(pages).AddKeys(configuration[$"{ConsoleOptions.Section}:{nameof(ConsoleOptions.KeyFolder)}"]);
    }

    private static IServiceCollection AddProviders(this IServiceCollection services, SignInPage[] pages)
    {
        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, ProviderSetup>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, ProviderSetup>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        services.AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>, ProviderSetup>();
        // It logs what callers without a session put into the address, as errors. ProviderEvents logs why a sign-in failed.
        services.AddLogging(logging => logging.AddFilter(typeof(ProviderHandler).FullName, LogLevel.None));
        var authentication = new AuthenticationBuilder(services);
        foreach (var page in pages)
        {
            authentication.AddCookie(page.Renewal);
            authentication.AddRemoteScheme<OpenIdConnectOptions, ProviderHandler>(page.Provider, page.Provider, _ => { });
        }

        return services;
    }

    private static IServiceCollection AddKeys(this IServiceCollection services, string? folder)
    {
        var keys = services.AddDataProtection().SetApplicationName("SdkChat");
        if (string.IsNullOrWhiteSpace(folder))
            keys.UseEphemeralDataProtectionProvider();
        else
            keys.PersistKeysToFileSystem(new DirectoryInfo(folder));
        return services;
    }
}
