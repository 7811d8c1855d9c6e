using System.CommandLine;
using MediatR;
using Microsoft.Extensions.Options;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Api.Hosting;
using SdkChat.Infrastructure;
using SdkChat.Infrastructure.Live.Hub;
using SdkChat.Infrastructure.Seeding;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine;

/// <summary><c>up</c>: serves. In Development it brings everything a person needs; in Production it brings nothing.</summary>
internal static class UpCommand
{
    /// <summary>How long requests may go on when it is told to stop: with the embedded server's second it must be gone in two.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var urls = new Option<string?>("--urls") { Description = $"Address to serve on, or several with ';' (default: {ListenAddress.Default})", HelpName = "URL" };
        var noDemo = new Option<bool>("--no-demo") { Description = "Put no demo data in" };
        var data = Verb.DataOption();
        var command = new VerbCommand(
            "up",
            "Serve. Without ConnectionStrings__SdkChat it brings a PostgreSQL of its own, migrates, puts demo data in, and prints what to type next.",
            "up",
            "up --urls http://127.0.0.1:8080 --data /tmp/sdkchat --no-demo")
        {
            urls, data, noDemo,
        };
        command.SetAction((parsed, cancellationToken) =>
            ServeAsync(parsed.GetValue(urls), parsed.GetValue(data), !parsed.GetValue(noDemo), cancellationToken));
        return command;
    }

    private static async Task ServeAsync(string? urls, string? data, bool demo, CancellationToken cancellationToken)
    {
        var builder = Verb.Settings();
        var isProduction = builder.Environment.IsProduction();
        if (isProduction)
            ProductionSettings.Check(builder.Configuration);
        ListenAddress.Choose(builder, urls);

        var folder = isProduction ? null : DataFolder.Open(data);
        await using var lease = await LeaseAsync(builder, folder, cancellationToken);
        builder.Configuration[$"ConnectionStrings:{DependencyInjection.ConnectionStringName}"] = lease.ConnectionString;
        if (folder is not null)
            DevelopmentKeys.Of(folder).AddTo(builder.Configuration);
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.AddOptions<HostOptions>().Configure<StopCause>((options, cause) => options.ShutdownTimeout = Farewell + cause.LongestDrain);
        var startLog = StartLog.Quieten(builder.Logging);

        await using var app = ApiHost.Build(builder);
        // A wrong setting is told at once, not after half a minute of waiting for a database.
        app.Services.GetService<IStartupValidator>()?.Validate();
        await DatabaseStart.MigrateAsync(app.Services.GetRequiredService<SchemaMigrator>(), lease.ConnectionString, cancellationToken);
        var sdkKey = folder is not null && demo ? await PrepareDemoAsync(app.Services, folder, cancellationToken) : null;
        await ListenAddress.OpenAsync(app, cancellationToken);
        startLog.IsOver();
        lease.Share();
        if (folder is not null)
            await Welcome.PrintAsync(app, builder, folder, sdkKey, lease.IsEmbedded, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <returns>The SDK key of the demo's first tenant.</returns>
    private static async Task<string> PrepareDemoAsync(IServiceProvider services, DataFolder folder, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DemoData>().EnsureAsync(cancellationToken);
        await using var scope = services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var keys = await DemoKeys.EnsureAsync(mediator, folder, services.GetRequiredService<TimeProvider>(), cancellationToken);
        return keys[DemoData.TenantCodes[0]];
    }

    private static Task<DatabaseLease> LeaseAsync(WebApplicationBuilder builder, DataFolder? folder, CancellationToken cancellationToken) =>
        folder is null
            ? Task.FromResult(DatabaseLease.Configured(builder.Configuration))
            : DatabaseLease.AcquireAsync(builder.Configuration, builder.Environment, folder, exclusive: true, cancellationToken);
}
