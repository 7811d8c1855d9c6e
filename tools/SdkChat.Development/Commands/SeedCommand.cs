using System.CommandLine;
using System.Globalization;
using SdkChat.Api.CommandLine;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Tenants;
using SdkChat.Development.EmbeddedPostgres;
using SdkChat.Development.Instance;
using SdkChat.Development.Seeding;
using SdkChat.Domain.Common;

namespace SdkChat.Development.Commands;

/// <summary><c>seed</c>: fills a tenant with generated history.</summary>
internal static class SeedCommand
{
    public static Command Create(DevelopmentDatabaseSource databases)
    {
        var tenant = TenantOption.Required("Code or id of the tenant to fill");
        var chats = Count("--chats", "Chats to make up", SeedPlan.MaxChats, 10_000);
        var profiles = Count("--profiles", "Shoppers to make up", SeedPlan.MaxProfiles, 500);
        var seed = new Option<ulong>("--seed")
        {
            Description = "The same number makes the same history", HelpName = "NUMBER", DefaultValueFactory = _ => 1,
        };
        var command = new VerbCommand(
            "seed",
            "Fill a tenant with a year of made-up chats, in bulk.",
            "seed --tenant demo --chats 1000000 --profiles 20000")
        {
            tenant, chats, profiles, seed, databases,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = CommandContext.Settings();
            var log = ConfiguredDatabase.IsIn(settings.Configuration) ? null : EmbeddedPostgresServer.LogOf(databases.Folder(parsed).Path);
            var database = await databases.OpenAsync(parsed, settings, cancellationToken);
            await using var context = await CommandContext.StartAsync(
                settings, database, cancellationToken, services => services.AddSeeding());
            var found = await context.SendAsync(new FindTenantQuery(parsed.GetValue(tenant)!), cancellationToken);
            var now = context.Services.GetRequiredService<TimeProvider>().Now();
            await SeedAsync(
                context.Services.GetRequiredService<Seeder>(),
                new SeedPlan(found.Id, parsed.GetValue(chats), parsed.GetValue(profiles), parsed.GetValue(seed), now),
                log,
                cancellationToken);
        });
        return command;
    }

    /// <param name="log">That of an embedded server.</param>
    private static async Task SeedAsync(Seeder seeder, SeedPlan plan, ServerLog? log, CancellationToken cancellationToken)
    {
        using var interrupt = new Interrupt(cancellationToken);
        var progress = new SeedProgress();
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            await SeedProgressDisplay.ShowAsync(plan, progress, seeder.SeedAsync(plan, progress, interrupt.Token));
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            throw new CommandFailedException($"Interrupted. Stored: {Stored(progress)}.");
        }
        catch (UnavailableException exception)
        {
            throw new CommandFailedException(
                $"The database failed: {log?.ExplainFullDisk() ?? exception.Reason.TrimEnd('.')}. Stored: {Stored(progress)}.");
        }

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Stored {Stored(progress)} in {seconds:F1} s."));
    }

    private static string Stored(SeedProgress progress) =>
        string.Create(CultureInfo.InvariantCulture, $"{progress.Profiles:N0} profiles and {progress.Chats:N0} chats");

    private static Option<int> Count(string name, string description, int max, int fallback)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "NUMBER",
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens.Single().Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count)
                    && count >= 1 && count <= max)
                {
                    return count;
                }

                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number from 1 to {max:N0}"));
                return 0;
            },
        };
        return option;
    }
}
