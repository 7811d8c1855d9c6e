using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Api.Authentication.Keys;
using SdkChat.Api.Authentication.Refusals;
using SdkChat.Api.Authentication.SdkKeys;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Api.Hosting;

/// <summary>Registers the three authentication schemes, and the policy for each (contract, section 1).</summary>
public static class AuthenticationServiceCollectionExtensions
{
    public static IServiceCollection AddSdkChatAuthentication(this IServiceCollection services)
    {
        services.AddValidatedOptions<HostsOptions>(HostsOptions.Section);
        services.AddSingleton<TenantHosts>();

        services.AddAuthentication()
            .AddJwtBearer(Schemes.Tenant, _ => { })
            .AddJwtBearer(Schemes.Backoffice, _ => { })
            .AddScheme<AuthenticationSchemeOptions, SdkKeyHandler>(Schemes.SdkKey, _ => { });
        return services.WithoutKeyRing().AddJwtSchemes().AddPolicies();
    }

    /// <summary>
    /// Removes the key ring for cookies that AddAuthentication registers. It is not used, and would write a key to the user's home at the
    /// start.
    /// </summary>
    private static IServiceCollection WithoutKeyRing(this IServiceCollection services)
    {
        var ring = services.FirstOrDefault(service => service.ImplementationType?.Name == "DataProtectionHostedService");
        if (ring is not null)
            services.Remove(ring);
        return services;
    }

    private static IServiceCollection AddJwtSchemes(this IServiceCollection services)
    {
        foreach (var scheme in JwtSchemeOptions.Names)
        {
            services.AddOptions<JwtSchemeOptions>(scheme).Configure(options => options.TakeDefaults(scheme));
            services.AddValidatedOptions<JwtSchemeOptions>($"{JwtSchemeOptions.Section}:{scheme}", scheme);
            services.AddKeyedSingleton<ValidatedTokenCache>(scheme);
            services.AddKeyedSingleton(scheme, (provider, _) => ActivatorUtilities.CreateInstance<SigningKeys>(
                provider, provider.GetRequiredService<IOptionsMonitor<JwtSchemeOptions>>().Get(scheme)));
        }

        services.AddHttpClient(JwksSource.HttpClientName, JwksSource.Configure);
        services.AddSingleton<IValidateOptions<JwtSchemeOptions>, JwtSchemeOptionsValidator>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, JwtBearerSetup>();
        return services;
    }

    private static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, EnvelopeAuthorizationResultHandler>();
        services.AddSingleton<TenantAccess>();
        services.AddSingleton<CallerRecheck>();
        services.AddSingleton<IAuthorizationHandler, AccessHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.TenantAdmin, policy => Require(policy, Schemes.Tenant))
            .AddPolicy(Policies.SuperAdmin, policy => Require(policy, Schemes.Backoffice))
            .AddPolicy(Policies.SdkKey, policy => Require(policy, Schemes.SdkKey));
        return services;
    }

    private static void Require(AuthorizationPolicyBuilder policy, string scheme) =>
        policy.AddAuthenticationSchemes(scheme).RequireAuthenticatedUser().AddRequirements(new AccessRequirement(scheme));
}
