namespace SdkChat.Application.Live;

/// <summary>One request's wait for a chat. For one caller at a time.</summary>
public interface IChatWatch : IDisposable
{
    /// <summary>Waits for signals.</summary>
    /// <param name="limit">After this time it returns <see cref="ChatSignals.None"/>; not negative.</param>
    /// <returns>All signals since the last wait, or since the watch began.</returns>
    /// <exception cref="OperationCanceledException">By the caller's token.</exception>
    Task<ChatSignals> TakeSignalsAsync(TimeSpan limit, CancellationToken cancellationToken);
}
