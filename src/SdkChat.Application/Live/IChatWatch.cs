namespace SdkChat.Application.Live;

/// <summary>The wait of one request for a chat. Not thread-safe.</summary>
public interface IChatWatch : IDisposable
{
    /// <summary>Waits for signals.</summary>
    /// <param name="limit">After this time it returns <see cref="ChatSignals.None"/>; not negative.</param>
    /// <returns>All signals since the last wait, or since the watch began.</returns>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    Task<ChatSignals> TakeSignalsAsync(TimeSpan limit, CancellationToken cancellationToken);
}
