using System.Runtime.InteropServices;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Api.Hosting;

/// <summary>
/// Stops the host on SIGTERM, SIGINT and SIGQUIT, as the framework's own lifetime does, and remembers which it was: only
/// SIGTERM, the way of orchestrators, lets the streams drain.
/// </summary>
internal sealed class SignalLifetime(IHostApplicationLifetime application, StopCause cause) : IHostLifetime, IDisposable
{
    private PosixSignalRegistration[] _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, Stop))];
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
        // Not the runtime's way, which would end the process at once.
        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGTERM)
            cause.Terminated();
        application.StopApplication();
    }
}
