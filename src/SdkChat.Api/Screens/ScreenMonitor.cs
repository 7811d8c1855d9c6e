using SdkChat.Api.Authentication.Bearer;
using SdkChat.Api.Live;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Application.Screens;

namespace SdkChat.Api.Screens;

/// <summary>
/// Ends the streams of screens that were revoked. It asks by time and not by notification, so that a stream that was opened while its
/// screen was being revoked ends too. A node without such streams asks nothing.
/// </summary>
internal sealed partial class ScreenMonitor(ILiveStreams streams, IScreenSecrets screens, TimeProvider clock, ILogger<ScreenMonitor> logger)
    : StreamMonitor(Interval, clock)
{
    /// <summary>A revoked screen's streams end within 5 s.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task CheckAsync(CancellationToken cancellationToken)
    {
        var shown = new HashSet<Guid>();
        streams.EndWithdrawn(signer =>
        {
            if (ScreenCookie.ScreenOf(signer) is { } screen)
                shown.Add(screen);
            return false;
        });
        if (shown.Count == 0)
            return;

        var active = await screens.FindActiveAsync(shown, cancellationToken);
        streams.EndWithdrawn(signer => ScreenCookie.ScreenOf(signer) is { } screen && shown.Contains(screen) && !active.Contains(screen));
    }

    /// <summary>That the database is away is reported by the directory's poll. The next check finds what was revoked meanwhile.</summary>
    protected override void Report(Exception failure)
    {
        if (failure is not UnavailableException)
            CheckFailed(failure);
    }

    [LoggerMessage(4023, LogLevel.Error, "Checking for revoked screens failed")]
    private partial void CheckFailed(Exception exception);
}
