using SdkChat.Api.Hosting;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>What a program adds to a start of the service. The defaults are those of the published service.</summary>
internal sealed record ServiceSteps
{
    public Func<WebApplicationBuilder, WebApplication> Build { get; init; } = ApiHost.Build;

    /// <summary>After the schema is current and before the service listens.</summary>
    public Func<WebApplication, CancellationToken, Task> BeforeListening { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Once the service answers.</summary>
    public Func<WebApplication, CancellationToken, Task> AfterListening { get; init; } = (_, _) => Task.CompletedTask;
}
