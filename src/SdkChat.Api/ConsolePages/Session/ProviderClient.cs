using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>The service's own calls to a provider, beside those of the handler.</summary>
internal sealed partial class ProviderClient(
    IOptionsMonitor<OpenIdConnectOptions> providers, IOptionsMonitor<SignInOptions> settings, ILogger<ProviderClient> logger)
{
    /// <summary>
    /// Whether the provider can be reached now. The handler keeps the metadata for hours, and would send the browser to a provider that
    /// does not answer.
    /// </summary>
    public async Task<bool> IsReachableAsync(SignInPage page, CancellationToken cancellationToken)
    {
        var options = providers.Get(page.Provider);
        try
        {
            using var response = await options.Backchannel.GetAsync(new Uri(options.MetadataAddress!), cancellationToken);
            response.EnsureSuccessStatusCode();
            await options.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (IsUnusable(exception) && !cancellationToken.IsCancellationRequested)
        {
            ProviderUnavailable(NameOf(page), exception.Message);
            return false;
        }
    }

    /// <summary>Whether the provider can be reached now and has an address at which sessions end.</summary>
    public async Task<bool> CanEndSessionsAsync(SignInPage page, CancellationToken cancellationToken) =>
        await IsReachableAsync(page, cancellationToken)
        && await providers.Get(page.Provider).ConfigurationManager!.GetConfigurationAsync(cancellationToken) is { EndSessionEndpoint.Length: > 0 };

    /// <returns>The provider's response, of which <c>error</c> is <c>invalid_grant</c> or null; null if it has none.</returns>
    public async Task<OpenIdConnectMessage?> RefreshAsync(SignInPage page, string refreshToken, CancellationToken cancellationToken)
    {
        var options = providers.Get(page.Provider);
        try
        {
            var endpoint = (await options.ConfigurationManager!.GetConfigurationAsync(cancellationToken)).TokenEndpoint;
            using var form = new FormUrlEncodedContent(RequestOf(options, refreshToken).Parameters);
            using var response = await options.Backchannel.PostAsync(new Uri(endpoint), form, cancellationToken);
            var message = new OpenIdConnectMessage(await response.Content.ReadAsStringAsync(cancellationToken));
            if (response.IsSuccessStatusCode || message.Error == "invalid_grant")
                return message;

            RenewalFailed(NameOf(page), $"status {(int)response.StatusCode}, error {message.Error}");
        }
        catch (Exception exception) when (IsOfTheProvider(exception) && !cancellationToken.IsCancellationRequested)
        {
            RenewalFailed(NameOf(page), exception.Message);
        }

        return null;
    }

    private static OpenIdConnectMessage RequestOf(OpenIdConnectOptions options, string refreshToken)
    {
        var request = new OpenIdConnectMessage
        {
            ClientId = options.ClientId,
            GrantType = OpenIdConnectGrantTypes.RefreshToken,
            RefreshToken = refreshToken,
        };
        if (options.ClientSecret is { } secret)
            request.ClientSecret = secret;
        return request;
    }

    /// <summary>It cannot be reached, or its metadata cannot be read as such.</summary>
    private static bool IsUnusable(Exception exception) => SignInReasons.IsUnavailable(exception) || exception is InvalidOperationException;

    /// <summary>It cannot be reached, or its response is not JSON, for instance the page of a proxy.</summary>
    private static bool IsOfTheProvider(Exception exception) =>
        SignInReasons.IsUnavailable(exception) || exception is ArgumentException or UriFormatException or System.Text.Json.JsonException;

    private string NameOf(SignInPage page) => settings.Get(page.Scheme).EffectiveName;

    [LoggerMessage(4033, LogLevel.Warning, "A session cannot be renewed at {Provider}: {Reason}")]
    private partial void RenewalFailed(string provider, string reason);

    [LoggerMessage(4034, LogLevel.Warning, "{Provider} cannot be reached for a sign-in or sign-out: {Reason}")]
    private partial void ProviderUnavailable(string provider, string reason);
}
