using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SdkChat.Application.Profiles;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Profiles;
using SdkChat.Infrastructure.Retention;

namespace SdkChat.Infrastructure.Composition;

/// <summary>Registers profiles, sessions, erasure and retention.</summary>
internal static class ProfileServices
{
    public static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.AddSingleton(provider => new DocumentGate(
            provider.GetRequiredService<NpgsqlConnectionStringBuilder>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IProfileRepository, ProfileRepository>();
        services.AddSingleton<IProfileSessions, ProfileSessions>();
        services.AddSingleton<IErasures, Erasures>();
        services.AddSingleton<ProfileHistoryReader>();
        services.AddSingleton<IProfileHistory>(provider => provider.GetRequiredService<ProfileHistoryReader>());
        services.AddSingleton<ICrossTenantProfileHistory>(provider => provider.GetRequiredService<ProfileHistoryReader>());
        return services.AddRetention();
    }

    private static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddValidatedOptions<RetentionOptions>(RetentionOptions.Section);
        services.AddSingleton<RetentionPurge>();
        services.AddHostedService<RetentionWorker>();
        return services;
    }
}
