using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>Writes the keys' last uses every few seconds, and once more when the node stops.</summary>
internal sealed partial class ApiKeyUseWriter(
    ApiKeyUses uses, IOptions<ApiKeysOptions> options, TimeProvider clock, ILogger<ApiKeyUseWriter> logger) : BackgroundService
{
    private static readonly TimeSpan LastWriteLimit = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // The web server has stopped before: no use comes after this. A database that is away must not hold the node back.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LastWriteLimit);
        await TryWriteAsync(limit.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LastUseFlushSeconds), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryWriteAsync(stoppingToken);
    }

    private async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await uses.WriteAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is UnavailableException or OperationCanceledException)
        {
            NotWritten(exception.InnerException?.Message ?? exception.Message);
        }
        catch (Exception exception)
        {
            // The loop goes on: a day without it would be a day of keys that look unused.
            WriteFailed(exception);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The keys' last uses are kept for the next write: {Reason}")]
    private partial void NotWritten(string reason);

    [LoggerMessage(LogLevel.Error, "Writing the keys' last uses failed; they are kept for the next write")]
    private partial void WriteFailed(Exception exception);
}
