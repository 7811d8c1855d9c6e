using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>Refreshes tokens at a provider, which the handler does not do.</summary>
internal sealed partial class ProviderClient(
    IOptionsMonitor<OpenIdConnectOptions> providers, IOptionsMonitor<SignInOptions> settings, ILogger<ProviderClient> logger)
{
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

    /// <summary>It cannot be reached, or its response is not JSON, for instance the page of a proxy.</summary>
    private static bool IsOfTheProvider(Exception exception) =>
        SignInReasons.IsUnavailable(exception) || exception is ArgumentException or UriFormatException or System.Text.Json.JsonException;

    private string NameOf(SignInPage page) => settings.Get(page.Scheme).EffectiveName;

    [LoggerMessage(4033, LogLevel.Warning, "A session cannot be renewed at {Provider}: {Reason}")]
    private partial void RenewalFailed(string provider, string reason);
}
