using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>Refreshes and revokes tokens at a provider, which the handler does not do.</summary>
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
            RenewalFailed(NameOf(page), SignInReasons.Describe(exception));
        }

        return null;
    }

    /// <summary>
    /// Revokes a refresh token (RFC 7009) if the provider has an endpoint for it. Copies of the token, such as in a backup of the browser,
    /// are useless then. A failure is logged, and changes nothing else.
    /// </summary>
    public async Task RevokeAsync(SignInPage page, string refreshToken)
    {
        var options = providers.Get(page.Provider);
        // Not cancelled if the client disconnects: nothing else would revoke the token.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(settings.Get(page.Scheme).RevocationSeconds));
        try
        {
            if ((await options.ConfigurationManager!.GetConfigurationAsync(limit.Token)).RevocationEndpoint is not { Length: > 0 } endpoint)
                return;

            using var form = new FormUrlEncodedContent(RevocationOf(options, refreshToken));
            using var response = await options.Backchannel.PostAsync(new Uri(endpoint), form, limit.Token);
            if (!response.IsSuccessStatusCode)
                RevocationFailed(NameOf(page), $"status {(int)response.StatusCode}");
        }
        catch (Exception exception) when (IsOfTheProvider(exception))
        {
            RevocationFailed(NameOf(page), SignInReasons.Describe(exception));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> RevocationOf(OpenIdConnectOptions options, string refreshToken)
    {
        yield return new("token", refreshToken);
        yield return new("token_type_hint", "refresh_token");
        yield return new("client_id", options.ClientId!);
        if (options.ClientSecret is { } secret)
            yield return new("client_secret", secret);
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

    /// <summary>Its metadata cannot be used, or its response is not JSON, for instance the page of a proxy.</summary>
    private static bool IsOfTheProvider(Exception exception) =>
        SignInReasons.IsUnusable(exception) || exception is ArgumentException or System.Text.Json.JsonException;

    private string NameOf(SignInPage page) => settings.Get(page.Scheme).EffectiveName;

    [LoggerMessage(4033, LogLevel.Warning, "A session cannot be renewed at {Provider}: {Reason}")]
    private partial void RenewalFailed(string provider, string reason);

    [LoggerMessage(4036, LogLevel.Warning, "A refresh token cannot be revoked at {Provider}: {Reason}")]
    private partial void RevocationFailed(string provider, string reason);
}
