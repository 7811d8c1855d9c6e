using MediatR;
using SdkChat.Development.Seeding;

namespace SdkChat.Development.Instance;

/// <summary>Demo tenants with history and SDK keys.</summary>
internal static class DemoInstance
{
    /// <returns>The SDK key of the first demo tenant.</returns>
    public static async Task<string> PrepareAsync(IServiceProvider services, DataFolder folder, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DemoData>().EnsureAsync(cancellationToken);
        await using var scope = services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var keys = await DemoKeys.EnsureAsync(mediator, folder, services.GetRequiredService<TimeProvider>(), cancellationToken);
        return keys[DemoData.TenantCodes[0]];
    }
}
