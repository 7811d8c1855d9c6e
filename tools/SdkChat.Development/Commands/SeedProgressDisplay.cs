using System.Globalization;
using SdkChat.Development.Seeding;
using Spectre.Console;

namespace SdkChat.Development.Commands;

/// <summary>Shows the progress of seeding on standard error: a bar on a terminal, otherwise a line every few seconds.</summary>
internal static class SeedProgressDisplay
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(3);

    public static Task ShowAsync(SeedPlan plan, SeedProgress progress, Task seeding) =>
        Console.IsOutputRedirected || Console.IsErrorRedirected
            ? PrintLinesAsync(plan, progress, seeding)
            : ShowBarAsync(plan, progress, seeding);

    private static async Task PrintLinesAsync(SeedPlan plan, SeedProgress progress, Task seeding)
    {
        using var timer = new PeriodicTimer(LineInterval);
        while (!seeding.IsCompleted)
        {
            var tick = timer.WaitForNextTickAsync().AsTask();
            if (await Task.WhenAny(seeding, tick) == tick)
                await Console.Error.WriteLineAsync(Line(plan, progress));
        }

        await seeding;
    }

    private static string Line(SeedPlan plan, SeedProgress progress) => progress.Chats == plan.Chats
        ? "tidying up: vacuum and statistics"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Profiles:N0} of {plan.Profiles:N0} profiles, {progress.Chats:N0} of {plan.Chats:N0} chats");

    private static async Task ShowBarAsync(SeedPlan plan, SeedProgress progress, Task seeding)
    {
        await AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(),
                new SpinnerColumn())
            .StartAsync(async context =>
            {
                var profiles = context.AddTask("profiles", maxValue: plan.Profiles);
                var chats = context.AddTask("chats", maxValue: plan.Chats);
                using var timer = new PeriodicTimer(BarInterval);
                while (!seeding.IsCompleted)
                {
                    (profiles.Value, chats.Value) = (progress.Profiles, progress.Chats);
                    await Task.WhenAny(seeding, timer.WaitForNextTickAsync().AsTask());
                }

                (profiles.Value, chats.Value) = (progress.Profiles, progress.Chats);
            });
        await seeding;
    }
}
