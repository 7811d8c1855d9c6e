using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// Checks whether a provider can be reached. The handler keeps the metadata for hours, and would send the browser to a provider that does
/// not answer. Anyone may begin a sign-in, so callers share one check for each page, and its result for <see cref="KeptFor"/>.
/// </summary>
internal sealed partial class ProviderProbe(
    IOptionsMonitor<OpenIdConnectOptions> providers, IOptionsMonitor<SignInOptions> settings, TimeProvider clock,
    ILogger<ProviderProbe> logger)
{
    /// <summary>How long after its beginning a check is used.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Check> _checks = [];

    /// <summary>Whether the provider can be reached, or could a few seconds ago.</summary>
    public Task<bool> IsReachableAsync(SignInPage page, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_checks.TryGetValue(page.Provider, out var check)
                || (check.Result.IsCompleted && clock.GetElapsedTime(check.Began) >= KeptFor))
                _checks[page.Provider] = check = new Check(Task.Run(() => CheckAsync(page), CancellationToken.None), clock.GetTimestamp());
            return check.Result.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Whether the provider can be reached and has an address at which sessions end.</summary>
    public async Task<bool> CanEndSessionsAsync(SignInPage page, CancellationToken cancellationToken) =>
        await IsReachableAsync(page, cancellationToken)
        && await providers.Get(page.Provider).ConfigurationManager!.GetConfigurationAsync(cancellationToken)
            is { EndSessionEndpoint.Length: > 0 };

    /// <summary>Not cancelled if a caller leaves: others may wait for it. The timeout of the provider's client ends it.</summary>
    private async Task<bool> CheckAsync(SignInPage page)
    {
        var options = providers.Get(page.Provider);
        try
        {
            using var response = await options.Backchannel.GetAsync(new Uri(options.MetadataAddress!));
            response.EnsureSuccessStatusCode();
            await options.ConfigurationManager!.GetConfigurationAsync(CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (SignInReasons.IsUnusable(exception))
        {
            ProviderUnusable(settings.Get(page.Scheme).EffectiveName, SignInReasons.Describe(exception));
            return false;
        }
    }

    [LoggerMessage(4034, LogLevel.Warning, "{Provider} cannot be used for a sign-in or sign-out: {Reason}")]
    private partial void ProviderUnusable(string provider, string reason);

    private sealed record Check(Task<bool> Result, long Began);
}
