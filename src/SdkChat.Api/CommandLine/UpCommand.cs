using System.CommandLine;
using MediatR;
using Microsoft.Extensions.Options;
using SdkChat.Api.CommandLine.Fleet;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Api.ConsolePages.SignIn;
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
        var nodes = new Option<int>("--nodes") { Description = "In Development: as many nodes on one database, behind nginx if that is installed (1 to 9)", HelpName = "N", DefaultValueFactory = _ => 1 };
        nodes.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !(int.TryParse(given.Value, out var number) && number is >= 1 and <= 9))
                result.AddError("--nodes takes 1 to 9.");
        });
        var data = Verb.DataOption();
        var command = new VerbCommand(
            "up",
            "Serve. Without ConnectionStrings__SdkChat it brings a PostgreSQL of its own, migrates, puts demo data in, and prints what to type next.",
            "up",
            "up --urls http://127.0.0.1:8080 --data /tmp/sdkchat --no-demo",
            "up --nodes 3")
        {
            urls, data, noDemo, nodes,
        };
        command.SetAction((parsed, cancellationToken) =>
            parsed.GetValue(nodes) > 1
                ? ServeFleetAsync(parsed.GetValue(nodes), parsed.GetValue(urls), parsed.GetValue(data), !parsed.GetValue(noDemo), cancellationToken)
                : ServeAsync(parsed.GetValue(urls), parsed.GetValue(data), !parsed.GetValue(noDemo), cancellationToken));
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
        if (folder is not null && builder.Environment.IsDevelopment())
            builder.Services.AddSingleton(new SignInLinks(folder.Path, TimeProvider.System));
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.AddOptions<HostOptions>().Configure<StopCause>((options, cause) => options.ShutdownTimeout = Farewell + cause.LongestDrain);
        var startLog = StartLog.Quieten(builder.Logging);

        await using var app = ApiHost.Build(builder);
        // A wrong setting is told at once, not after half a minute of waiting for a database.
        app.Services.GetService<IStartupValidator>()?.Validate();
        await PrepareSchemaAsync(app, lease, cancellationToken);
        var sdkKey = folder is not null && demo ? await PrepareDemoAsync(app.Services, folder, cancellationToken) : null;
        await ListenAddress.OpenAsync(app, cancellationToken);
        startLog.IsOver();
        lease.Share();
        if (folder is not null)
            await Welcome.PrintAsync(app.Services, [.. app.Urls], builder, folder, sdkKey, lease.IsEmbedded, nodes: null, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>This process keeps the database and the others; they serve.</summary>
    private static async Task ServeFleetAsync(int nodes, string? urls, string? data, bool demo, CancellationToken cancellationToken)
    {
        var builder = Verb.Settings();
        if (builder.Environment.IsProduction())
            throw new CommandFailedException("--nodes is for Development: in Production each node is started by itself.");
        var address = ListenAddress.Single(urls);

        using var interrupt = new Interrupt(cancellationToken);
        var folder = DataFolder.Open(data);
        await using var lease = await LeaseAsync(builder, folder, interrupt.Token);
        builder.Configuration[$"ConnectionStrings:{DependencyInjection.ConnectionStringName}"] = lease.ConnectionString;
        DevelopmentKeys.Of(folder).AddTo(builder.Configuration);
        StartLog.Quieten(builder.Logging);
        await using var app = ApiHost.Build(builder);
        await PrepareSchemaAsync(app, lease, interrupt.Token);
        var sdkKey = demo ? await PrepareDemoAsync(app.Services, folder, interrupt.Token) : null;
        await using var fleet = await NodeFleet.StartAsync(address, nodes, folder.Path, lease.ConnectionString, interrupt.Token);
        lease.Share();
        var said = $"{string.Join(", ", fleet.Nodes)} ({(fleet.IsBalanced ? "nginx in front" : "nginx is not installed: call any of them")}; logs in {folder.Path}/node-*.log)";
        await Welcome.PrintAsync(app.Services, [fleet.Address], builder, folder, sdkKey, lease.IsEmbedded, said, interrupt.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, interrupt.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static Task PrepareSchemaAsync(WebApplication app, DatabaseLease lease, CancellationToken cancellationToken) => DatabaseStart.MigrateAsync(
        app.Services.GetRequiredService<SchemaMigrator>(), Migrations.Of(app.Configuration, lease.ConnectionString), lease.ConnectionString, cancellationToken);

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
