namespace SdkChat.Client;

/// <summary>Cancels when nothing has been heard for too long: a connection may be dead without either end being told.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly SdkChatClientOptions _options;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _either;

    public Watchdog(SdkChatClientOptions options, CancellationToken cancellationToken)
    {
        _options = options;
        _silence = new CancellationTokenSource(options.Watchdog, options.Clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_silence.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Something was heard.</summary>
    public void Feed() => _silence.CancelAfter(_options.Watchdog);

    public void Dispose()
    {
        _either.Dispose();
        _silence.Dispose();
    }
}
