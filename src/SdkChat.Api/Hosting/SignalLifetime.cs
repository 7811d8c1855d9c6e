using System.Runtime.InteropServices;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Api.Hosting;

/// <summary>
/// Stops the host on SIGTERM, SIGINT and SIGQUIT, like the framework's own lifetime, and records which it was: only SIGTERM, which
/// orchestrators send, drains the streams.
/// </summary>
internal sealed class SignalLifetime(IHostApplicationLifetime application, StopCause cause) : IHostLifetime, IDisposable
{
    private PosixSignalRegistration[] _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT }
            .Select(signal => PosixSignalRegistration.Create(signal, Stop))];
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        // Prevents the runtime's default, which would end the process at once.
        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGTERM)
            cause.Terminated();
        application.StopApplication();
    }
}
