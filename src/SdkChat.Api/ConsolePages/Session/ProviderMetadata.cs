using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// Reads a provider's metadata and keys for the handler. The handler's own reader checks only the address of the metadata itself. Users are
/// sent to the other addresses with it, and codes, tokens and the client secret as well, so metadata that has one without https is refused
/// as a whole. Good metadata that was read before stays in use.
/// </summary>
internal sealed class ProviderMetadata(string metadataAddress, HttpClient client, bool requireHttps) : IDocumentRetriever
{
    private readonly HttpDocumentRetriever _documents = new(client) { RequireHttps = requireHttps };

    /// <param name="options">With the client and the address of the metadata, which the handler's own setup adds.</param>
    public static ConfigurationManager<OpenIdConnectConfiguration> CreateManager(OpenIdConnectOptions options) => new(
        options.MetadataAddress!,
        new OpenIdConnectConfigurationRetriever(),
        new ProviderMetadata(options.MetadataAddress!, options.Backchannel, options.RequireHttpsMetadata))
    {
        RefreshInterval = options.RefreshInterval,
        AutomaticRefreshInterval = options.AutomaticRefreshInterval,
    };

    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        var document = await _documents.GetDocumentAsync(address, cancel);
        if (address == metadataAddress)
            Check(new OpenIdConnectConfiguration(document));
        return document;
    }

    private void Check(OpenIdConnectConfiguration metadata)
    {
        Check("authorization_endpoint", metadata.AuthorizationEndpoint, isRequired: true);
        Check("token_endpoint", metadata.TokenEndpoint, isRequired: true);
        Check("jwks_uri", metadata.JwksUri, isRequired: true);
        Check("pushed_authorization_request_endpoint", metadata.PushedAuthorizationRequestEndpoint, isRequired: false);
        Check("end_session_endpoint", metadata.EndSessionEndpoint, isRequired: false);
        Check("revocation_endpoint", metadata.RevocationEndpoint, isRequired: false);
    }

    private void Check(string name, string? text, bool isRequired)
    {
        if (string.IsNullOrEmpty(text) && !isRequired)
            return;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || !IsAllowed(endpoint))
            throw new InvalidOperationException($"its {name} is not an address with https");
    }

    private bool IsAllowed(Uri endpoint) =>
        endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && !requireHttps);
}
