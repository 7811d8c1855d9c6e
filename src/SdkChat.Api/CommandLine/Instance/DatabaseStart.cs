using SdkChat.Api.CommandLine.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>Migrates at the start, after waiting for a database that is not available yet.</summary>
internal static class DatabaseStart
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="service">The service's own connection string. Its role must be able to run the service afterwards.</param>
    public static async Task MigrateAsync(
        SchemaMigrator migrator, Migrations migrations, string service, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                await migrations.EnsureAsync(migrator, service, cancellationToken);
                return;
            }
            catch (UnavailableException unavailable) when (TimeProvider.System.GetElapsedTime(started) < WaitLimit)
            {
                if (!told)
                    await Console.Error.WriteLineAsync($"sdkchat: waiting for the database ({ErrorMessage.Reason(unavailable)})");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
