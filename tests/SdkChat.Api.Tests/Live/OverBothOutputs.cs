using Microsoft.Extensions.DependencyInjection;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>
/// Tests of the stream as its readers see it. They hold whether its bytes go straight to the socket or through the web server:
/// every fixture runs over both.
/// </summary>
/// <param name="direct">Straight to the socket.</param>
[TestFixture(true)]
[TestFixture(false)]
public abstract class OverBothOutputs(bool direct)
{
    /// <summary>The shared service with this output.</summary>
    protected TestApi Api => direct ? SharedApi.Api : SharedApi.OrdinaryApi;

    /// <summary>A service of the test's own with this output.</summary>
    protected Task<TestApi> StartAsync(params (string Name, string Value)[] settings) => StartAsync(_ => { }, settings);

    /// <summary>A service of the test's own with this output, and with changes to its wiring.</summary>
    protected Task<TestApi> StartAsync(Action<IServiceCollection> services, params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value);
        all["Live:DirectOutput"] = direct ? "true" : "false";
        return TestApi.StartAsync(SharedApi.ConnectionString, all, services);
    }
}
