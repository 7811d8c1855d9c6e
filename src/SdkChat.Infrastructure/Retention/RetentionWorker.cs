using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Domain.Common;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Retention;

/// <summary>Deletes chats, sessions and deleted profiles that are older than <see cref="RetentionOptions.Days"/>, once an hour.</summary>
internal sealed partial class RetentionWorker(
    RetentionPurge purge, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<RetentionWorker> logger)
    : PeriodicWorker(TimeSpan.FromHours(1), clock, logger, FirstAfter)
{
    /// <summary>A node that restarts repeatedly must not add the load of a purge to each start.</summary>
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(1);

    protected override string Work => "Retention purge";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.Days is null ? Task.CompletedTask : base.ExecuteAsync(stoppingToken);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = Clock.Now() - TimeSpan.FromDays(options.Value.Days!.Value);
        var report = await purge.RunAsync(before, cancellationToken);
        if (report is not { Chats: 0, Sessions: 0, Profiles: 0 })
            Purged(Logger, report.Chats, report.Sessions, report.Profiles, before);
    }

    [LoggerMessage(
        5101, LogLevel.Information,
        "Retention removed {Chats} chats, {Sessions} sessions and {Profiles} deleted profiles of before {Before:O}")]
    private static partial void Purged(ILogger logger, int chats, int sessions, int profiles, DateTimeOffset before);
}
