using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SdkChat.TestSupport;

/// <summary>Keeps what a host logs, for tests that say what must, or must never, be logged.</summary>
public sealed class TestLogs : ILoggerProvider
{
    /// <summary>
    /// As appsettings.json has it, these speak from warnings on. Below that they write whole request lines, so a token that a caller
    /// puts into a query, where it is refused, would be found in them.
    /// </summary>
    private const string Framework = "Microsoft.AspNetCore.";

    private readonly ConcurrentQueue<(LogLevel Level, string Category, string Text)> _entries = new();

    public IReadOnlyCollection<(LogLevel Level, string Category, string Text)> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => new Logger(_entries, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(LogLevel, string, string)> entries, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = $"{formatter(state, exception)} {exception}";
            entries.Enqueue((logLevel, category, text));
            if (logLevel >= LogLevel.Warning || !category.StartsWith(Framework, StringComparison.Ordinal))
                LoggedSecrets.Logged(text);
        }
    }
}
