using System.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Infrastructure;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine;

/// <summary><c>migrate</c>: brings the database to this build's schema.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var command = new VerbCommand(
            "migrate",
            "Bring the database to this build's schema. Safe to run twice, and from many nodes at once.",
            "migrate")
        {
            data,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(DataFolder.Open(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static async Task RunAsync(DataFolder folder, CancellationToken cancellationToken)
    {
        var settings = Verb.Settings();
        await using var lease = await DatabaseLease.AcquireAsync(settings.Configuration, settings.Environment, folder, exclusive: false, cancellationToken);
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(settings.Configuration)
            .AddLogging(Verb.Log)
            .AddMigrations()
            .BuildServiceProvider();
        var migrations = Migrations.Of(settings.Configuration, lease.ConnectionString);
        var applied = await migrations.RunAsync(services.GetRequiredService<SchemaMigrator>(), cancellationToken);
        Console.WriteLine(applied == 0 ? "The schema is up to date." : $"Applied {applied} of {SchemaMigrator.Scripts.Count} migrations.");
    }
}
