using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Development.Seeding;

internal static class SeedingServiceCollectionExtensions
{
    /// <summary>Registers the generators of demo data and of load.</summary>
    public static IServiceCollection AddSeeding(this IServiceCollection services)
    {
        services.AddSingleton(
            provider => new Seeder(provider.GetRequiredService<Database>(), provider.GetRequiredService<HistoryCountMaintenance>()));
        services.AddSingleton(
            provider => new DemoData(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
