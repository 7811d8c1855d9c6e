using System.CommandLine;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Api.Hosting;
using SdkChat.Infrastructure;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine;

/// <summary><c>up</c>: serves. In Development it brings everything a person needs; in Production it brings nothing.</summary>
internal static class UpCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static Command Create()
    {
        var urls = new Option<string?>("--urls") { Description = $"Address to serve on, or several with ';' (default: {DefaultUrl})", HelpName = "URL" };
        var noDemo = new Option<bool>("--no-demo") { Description = "Put no demo data in" };
        var data = Verb.DataOption();
        var command = new Command(
            "up",
            "Serve. Without ConnectionStrings__SdkChat it runs a PostgreSQL of its own in the data folder; it migrates, puts demo data in, and prints what to type next.")
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

        var folder = isProduction ? null : DataFolder.Open(data);
        await using var lease = await LeaseAsync(builder, folder, cancellationToken);
        builder.Configuration[$"ConnectionStrings:{DependencyInjection.ConnectionStringName}"] = lease.ConnectionString;
        builder.WebHost.UseUrls(urls ?? builder.Configuration["urls"] ?? DefaultUrl);
        if (folder is not null)
            DevelopmentKeys.Of(folder).AddTo(builder.Configuration);

        await using var app = ApiHost.Build(builder);
        await DatabaseStart.MigrateAsync(app.Services.GetRequiredService<SchemaMigrator>(), lease.ConnectionString, cancellationToken);
        await app.StartAsync(cancellationToken);
        if (folder is not null)
            await Welcome.PrintAsync(app, builder, folder, demo, lease.IsEmbedded, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static Task<DatabaseLease> LeaseAsync(WebApplicationBuilder builder, DataFolder? folder, CancellationToken cancellationToken) =>
        folder is null
            ? Task.FromResult(DatabaseLease.Configured(builder.Configuration))
            : DatabaseLease.AcquireAsync(builder.Configuration, builder.Environment, folder, exclusive: true, cancellationToken);
}
