using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Cold;

/// <summary><c>./sdkchat up</c> on a built tree, until it shows a link to its console.</summary>
internal static class FirstLink
{
    /// <summary>The source tree, from <c>./sdkchat bench</c>, which has built it.</summary>
    private const string Variable = "SDKCHAT_BENCH_SOURCE";

    /// <returns>
    /// The seconds with an empty data folder, which gets a database and demo data, and with the data of the run before; null without a
    /// source tree.
    /// </returns>
    public static async Task<(double Empty, double Again)?> MeasureAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } source)
            return null;

        var folder = Directory.CreateTempSubdirectory("sdkchat-bench-up-");
        try
        {
            return (
                await StartAsync(source, folder.FullName, cancellationToken), await StartAsync(source, folder.FullName, cancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> StartAsync(string source, string folder, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var up = ChildProcess.Start(
            Path.Combine(source, "sdkchat"), ["up", "--urls", $"http://127.0.0.1:{FreePort.Find()}"],
            [new("SDKCHAT_DATA", folder), new("ASPNETCORE_ENVIRONMENT", "Development")]);
        await up.HearAsync("Open the console:", cancellationToken);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        // Its database ends in order, and the next start needs no recovery.
        await up.TerminateAsync(cancellationToken);
        return seconds;
    }
}
