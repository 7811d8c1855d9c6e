using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application;
using SdkChat.Infrastructure;

namespace SdkChat.Bench.Servers;

/// <summary>A node without a web server, in this process.</summary>
internal static class NodeHost
{
    /// <summary>What requires a pipeline's address does not call it in these measurements: nothing listens here.</summary>
    public const string NoPipeline = "http://127.0.0.1:9";

    public static HostApplicationBuilder Create(string connectionString, params KeyValuePair<string, string?>[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:SdkChat", connectionString), new("Pipeline:BaseUrl", NoPipeline), .. settings]);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddApplication().AddInfrastructure();
        return builder;
    }
}
