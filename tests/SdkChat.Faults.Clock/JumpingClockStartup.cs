using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Faults.Clock;

[assembly: HostingStartup(typeof(JumpingClockStartup))]

namespace SdkChat.Faults.Clock;

/// <summary>Gives a node of the fault suite another clock, without the service knowing of such a thing.</summary>
public sealed class JumpingClockStartup : IHostingStartup
{
    public const string FileVariable = "SDKCHAT_FAULT_CLOCK";

    public void Configure(IWebHostBuilder builder) =>
        builder.ConfigureServices(
            services => services.AddSingleton<TimeProvider>(new JumpingClock(Environment.GetEnvironmentVariable(FileVariable)!)));
}
