using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.Options;
using SdkChat.Api.Hosting;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>Runs the service until the process gets a stop signal: it validates settings, migrates the schema and listens.</summary>
internal static class ServiceRun
{
    /// <summary>How long requests may continue after a stop. With the embedded server's second, the process ends within two.</summary>
    private static readonly TimeSpan RequestDrain = TimeSpan.FromSeconds(1);

    public static async Task ServeAsync(
        WebApplicationBuilder builder, string connectionString, ServiceSteps steps, CancellationToken cancellationToken)
    {
        builder.Configuration[$"ConnectionStrings:{DatabaseConnection.Name}"] = connectionString;
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.AddOptions<HostOptions>()
            .Configure<StopCause>((options, cause) => options.ShutdownTimeout = RequestDrain + cause.LongestDrain);
        var log = StartupLog.Suppress(builder.Logging);

        await using var app = steps.Build(builder);
        // A wrong setting must end the start at once, not after half a minute of waiting for a database.
        app.Services.GetService<IStartupValidator>()?.Validate();
        // Meanwhile: the first request would wait for it.
        var actions = Task.Run(
            () => app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors, cancellationToken);
        await MigrateAsync(app, connectionString, cancellationToken);
        await actions;
        await steps.BeforeListening(app, cancellationToken);
        if (!await TryOpenAsync(app, cancellationToken))
            return;

        log.Resume();
        await steps.AfterListening(app, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <returns>False when a signal stopped the program while it began to listen.</returns>
    private static async Task<bool> TryOpenAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await ListenAddress.OpenAsync(app, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Ends what has started already.
            await app.StopAsync(CancellationToken.None);
            return false;
        }
    }

    public static Task MigrateAsync(WebApplication app, string connectionString, CancellationToken cancellationToken) =>
        DatabaseStart.MigrateAsync(
            app.Services.GetRequiredService<SchemaMigrator>(), Migrations.Create(app.Configuration, connectionString), connectionString,
            cancellationToken);
}
