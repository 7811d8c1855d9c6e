namespace SdkChat.Api.CommandLine.Instance;

/// <summary>Suppresses the host's log entries until the service listens: a failed start ends with one error line instead.</summary>
internal sealed class StartupLog
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile bool _isResumed;

    public static StartupLog Suppress(ILoggingBuilder logging)
    {
        var log = new StartupLog();
        logging.AddFilter(Host, level => log._isResumed && level >= LogLevel.Information);
        return log;
    }

    /// <summary>Logs from now on.</summary>
    public void Resume() => _isResumed = true;
}
