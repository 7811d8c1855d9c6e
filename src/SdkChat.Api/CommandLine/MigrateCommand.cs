using System.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Infrastructure;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine;

/// <summary><c>migrate</c>: migrates the database to this build's schema.</summary>
internal static class MigrateCommand
{
    public static Command Create(IDatabaseSource databases)
    {
        var command = new VerbCommand(
            "migrate",
            "Bring the database to this build's schema. Safe to run twice, and from many nodes at once.",
            "migrate")
        {
            databases,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(databases, parsed, cancellationToken));
        return command;
    }

    private static async Task RunAsync(IDatabaseSource databases, ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = CommandContext.Settings();
        await using var database = await databases.OpenAsync(parsed, settings, cancellationToken);
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(settings.Configuration)
            .AddLogging(CommandContext.Log)
            .AddMigrations()
            .BuildServiceProvider();
        var migrations = Migrations.Create(settings.Configuration, database.ConnectionString);
        var applied = await migrations.RunAsync(services.GetRequiredService<SchemaMigrator>(), cancellationToken);
        Console.WriteLine(applied == 0 ? "The schema is up to date." : $"Applied {applied} of {SchemaMigrator.Scripts.Count} migrations.");
    }
}
