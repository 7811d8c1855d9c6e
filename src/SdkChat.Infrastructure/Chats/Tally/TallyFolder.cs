using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Chats.Tally;

/// <summary>
/// Keeps the counts behind the history lists up to date, in the background, on whichever node comes first. Nothing breaks
/// while nobody does: lists stay exact, and become slower.
/// </summary>
internal sealed partial class TallyFolder(TallyFold fold, TallySignal signal, ILogger<TallyFolder> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What nodes that died have left behind is counted right away.
        do
        {
            await TryFoldAsync(stoppingToken);
            await signal.WaitAsync(stoppingToken);
        }
        while (!stoppingToken.IsCancellationRequested);
    }

    private async Task TryFoldAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await fold.RunAsync(cancellationToken) == FoldOutcome.Busy)
                signal.Remember();
        }
        catch (UnavailableException)
        {
            // Others tell of the outage; the rows wait.
            signal.Remember();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            FoldFailed(exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "Counting new chats failed; history stays exact, and becomes slower until it succeeds")]
    private partial void FoldFailed(Exception exception);
}
