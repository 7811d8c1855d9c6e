using SdkChat.Api.Hosting;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>The steps that a program adds to the start of the service. The defaults are those of the published service.</summary>
internal sealed record ServiceSteps
{
    public Func<WebApplicationBuilder, WebApplication> Build { get; init; } = ApiHost.Build;

    /// <summary>Runs after the schema is current and before the service listens.</summary>
    public Func<WebApplication, CancellationToken, Task> BeforeListening { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs once the service accepts requests.</summary>
    public Func<WebApplication, CancellationToken, Task> AfterListening { get; init; } = (_, _) => Task.CompletedTask;
}
