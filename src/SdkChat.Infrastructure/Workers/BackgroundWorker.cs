using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Workers;

/// <summary>
/// The base of workers whose work is a call of the database, and that survive failures. Loops with states of their own (the change feed,
/// its relay, the delivery probe) handle failures themselves. An unavailable database is expected: the database's health check and metrics
/// report it once for the node, so a worker logs it at Debug. Any other exception is logged as an error. In both cases the worker
/// continues.
/// </summary>
internal abstract partial class BackgroundWorker(ILogger logger) : BackgroundService
{
    protected ILogger Logger { get; } = logger;

    /// <summary>The work of this worker, as the subject of a log message, such as <c>Retention purge</c>.</summary>
    protected abstract string Work { get; }

    /// <summary>Runs a piece of work once.</summary>
    /// <returns>False if it failed.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    protected Task<bool> TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        TryAsync(Work, work, cancellationToken);

    /// <param name="name">What failed, for the log.</param>
    protected async Task<bool> TryAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
            return true;
        }
        catch (UnavailableException exception)
        {
            Postponed(Logger, name, exception.Reason);
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            Failed(Logger, exception, name);
        }

        return false;
    }

    /// <summary>
    /// Like <see cref="TryAsync(Func{CancellationToken, Task}, CancellationToken)"/>, for the last work of a node that stops. If the time
    /// limit is reached, it ends without a log message.
    /// </summary>
    protected async Task TryWithinAsync(
        TimeSpan limit, string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            await TryAsync(name, work, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Postponed(Logger, name, "the node stops");
        }
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Debug, Message = "{Work} postponed: {Reason}")]
    private static partial void Postponed(ILogger logger, string work, string reason);

    [LoggerMessage(EventId = 9002, Level = LogLevel.Error, Message = "{Work} failed; the worker continues with its next round")]
    private static partial void Failed(ILogger logger, Exception exception, string work);
}
