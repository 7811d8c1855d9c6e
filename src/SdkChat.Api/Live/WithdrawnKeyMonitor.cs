using SdkChat.Api.Authentication;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Api.Authentication.Keys;
using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>
/// Ends the streams of tokens whose signing key the issuer has withdrawn. It refreshes the keys itself, since open streams cause no
/// validation; those of the backoffice too, for its exports (<c>ExportAccess</c>).
/// </summary>
internal sealed partial class WithdrawnKeyMonitor(
    IServiceProvider services, ILiveStreams streams, TimeProvider clock, ILogger<WithdrawnKeyMonitor> logger)
    : StreamMonitor(Interval, clock)
{
    /// <summary>Including the few seconds that a refresh may take, a withdrawn key's streams end within a minute.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task CheckAsync(CancellationToken cancellationToken)
    {
        // Resolved only now: the start validates the settings of the keys first and reports all wrong ones at once.
        var keys = services.GetRequiredKeyedService<SigningKeys>(Schemes.Tenant);
        await keys.RefreshAsync();
        streams.EndWithdrawn(signer => ScreenCookie.ScreenOf(signer) is null && keys.IsWithdrawn(signer));
        // Last: an issuer that does not respond must not delay the end of the other's streams.
        await services.GetRequiredKeyedService<SigningKeys>(Schemes.Backoffice).RefreshAsync();
    }

    protected override void Report(Exception failure) => CheckFailed(failure);

    [LoggerMessage(4022, LogLevel.Error, "Checking for withdrawn signing keys failed")]
    private partial void CheckFailed(Exception exception);
}
