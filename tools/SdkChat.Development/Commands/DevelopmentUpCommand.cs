using System.CommandLine;
using SdkChat.Api.CommandLine;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Development.Hosting;
using SdkChat.Development.Instance;
using SdkChat.Development.Nodes;
using SdkChat.Development.Seeding;
using SdkChat.Development.SignIn;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Development.Commands;

/// <summary>
/// <c>up</c>: runs the service. In Development it adds a database, keys and demo data; in Production it is the service's own command.
/// </summary>
internal static class DevelopmentUpCommand
{
    public static Command Create(DevelopmentDatabaseSource databases)
    {
        var urls = UpCommand.UrlsOption();
        var noDemo = new Option<bool>("--no-demo") { Description = "Put no demo data in" };
        var nodes = NodesOption();
        var ephemeral = new Option<bool>("--ephemeral")
        {
            Description = "For tests: keep no files, and print address, tokens and an SDK key as one JSON line",
        };
        var command = new VerbCommand(
            "up",
            "Serve. Without ConnectionStrings__SdkChat it brings a PostgreSQL of its own, migrates, puts demo data in, "
                + "and prints what to type next.",
            "up",
            "up --urls http://127.0.0.1:8080 --data /tmp/sdkchat --no-demo",
            "up --nodes 3",
            "up --ephemeral")
        {
            urls, databases, noDemo, nodes, ephemeral,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(ephemeral) && result.GetValue(nodes) > 1)
                result.AddError("--ephemeral and --nodes exclude each other.");
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(ephemeral)
            ? EphemeralUp.ServeAsync(CommandContext.Settings(), parsed.GetValue(urls), cancellationToken)
            : ServeAsync(
                CommandContext.Settings(), databases.Folder(parsed), parsed.GetValue(urls), parsed.GetValue(nodes),
                !parsed.GetValue(noDemo), cancellationToken));
        return command;
    }

    private static Task ServeAsync(
        WebApplicationBuilder builder, DataFolder folder, string? urls, int nodes, bool demo, CancellationToken cancellationToken) =>
            nodes > 1
                ? ServeClusterAsync(builder, folder, urls, nodes, demo, cancellationToken)
                : builder.Environment.IsProduction()
                    ? UpCommand.ServeAsync(builder, urls, cancellationToken)
                    : ServeNodeAsync(builder, folder, urls, demo, cancellationToken);

    private static async Task ServeNodeAsync(
        WebApplicationBuilder builder, DataFolder folder, string? urls, bool demo, CancellationToken cancellationToken)
    {
        ListenAddress.Choose(builder, urls);
        await using var database = await DevelopmentDatabaseSource.OpenAsync(folder, builder, exclusive: true, cancellationToken);
        DevelopmentKeys.Get(folder).AddTo(builder.Configuration);
        // In a configured database a chat without a run may belong to others.
        if (demo && database.IsEmbedded)
            builder.Services.AddHostedService<SeededChatWorker>();
        if (builder.Environment.IsDevelopment())
            builder.Services.AddSingleton(new SignInLinks(folder.Path, TimeProvider.System));
        string? sdkKey = null;
        await ServiceRun.ServeAsync(
            builder,
            database.ConnectionString,
            new ServiceSteps
            {
                Build = DevelopmentHost.Build,
                BeforeListening = async (app, stop) => sdkKey = demo ? await DemoInstance.PrepareAsync(app.Services, folder, stop) : null,
                AfterListening = (app, stop) =>
                {
                    (database as DevelopmentDatabase)?.Share();
                    app.Lifetime.ApplicationStopping.Register(() => Console.WriteLine("Stopping."));
                    return StartupBanner.PrintAsync(
                        app.Services, [.. app.Urls], builder, folder, sdkKey, database.IsEmbedded, nodes: null, stop);
                },
            },
            cancellationToken);
    }

    /// <summary>This process owns the database and the processes of the nodes; the nodes serve.</summary>
    private static async Task ServeClusterAsync(
        WebApplicationBuilder builder, DataFolder folder, string? urls, int nodes, bool demo, CancellationToken cancellationToken)
    {
        if (builder.Environment.IsProduction())
            throw new CommandFailedException("--nodes is for Development: in Production each node is started by itself.");
        var address = ListenAddress.Single(urls);
        using var interrupt = new Interrupt(cancellationToken);
        await using var database = await DevelopmentDatabaseSource.OpenAsync(folder, builder, exclusive: true, interrupt.Token);
        builder.Configuration[$"ConnectionStrings:{DatabaseConnection.Name}"] = database.ConnectionString;
        DevelopmentKeys.Get(folder).AddTo(builder.Configuration);
        StartupLog.Suppress(builder.Logging);
        await using var app = DevelopmentHost.Build(builder);
        await ServiceRun.MigrateAsync(app, database.ConnectionString, interrupt.Token);
        var sdkKey = demo ? await DemoInstance.PrepareAsync(app.Services, folder, interrupt.Token) : null;
        await using var cluster = await LocalCluster.StartAsync(address, nodes, folder.Path, database.ConnectionString, interrupt.Token);
        (database as DevelopmentDatabase)?.Share();
        await StartupBanner.PrintAsync(
            app.Services, [cluster.Address], builder, folder, sdkKey, database.IsEmbedded, cluster.Describe(folder.Path), interrupt.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, interrupt.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static Option<int> NodesOption()
    {
        var nodes = new Option<int>("--nodes")
        {
            Description = "In Development: as many nodes on one database, behind nginx if that is installed (1 to 9)",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        nodes.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !(int.TryParse(given.Value, out var number) && number is >= 1 and <= 9))
                result.AddError("--nodes takes 1 to 9.");
        });
        return nodes;
    }
}
