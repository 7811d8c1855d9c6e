using SdkChat.Proxies.Tests.Production.Rig;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>One deployment for all tests of this namespace.</summary>
/// <remarks>
/// Without the attribute NUnit starts it, and with Self alone its fixtures, when all fixtures outside of the namespace have ended.
/// </remarks>
[SetUpFixture]
[Parallelizable(ParallelScope.Self | ParallelScope.Fixtures)]
public sealed class ProductionSetup
{
    internal static ProductionRig Rig { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Rig = await ProductionRig.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Rig is not null)
            await Rig.DisposeAsync();
        PublishedService.Remove();
    }
}
