namespace SdkChat.Api.CommandLine.Instance;

/// <summary>Keeps the framework's account of a failed start out of the log: the program ends with one line that says it.</summary>
internal sealed class StartLog
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile bool _isOver;

    public static StartLog Quieten(ILoggingBuilder logging)
    {
        var log = new StartLog();
        logging.AddFilter(Host, level => log._isOver && level >= LogLevel.Information);
        return log;
    }

    /// <summary>From here on it is logged.</summary>
    public void IsOver() => _isOver = true;
}
