using System.Net;
using System.Text.Json;

namespace SdkChat.Api.Authentication.Keys;

/// <summary>The source of a scheme's published keys.</summary>
/// <param name="Name">For logs: the URL or the path.</param>
/// <param name="MaxAge">The age at which the document is read again.</param>
/// <param name="Pause">The shortest time between two reads, even if many tokens name unknown keys.</param>
/// <param name="ReadAsync">Returns the text of the JWKS document.</param>
internal sealed record JwksSource(string Name, TimeSpan MaxAge, TimeSpan Pause, Func<CancellationToken, Task<string>> ReadAsync)
{
    public const string HttpClientName = "jwks";

    private static readonly TimeSpan UrlMaxAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UrlPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FilePause = TimeSpan.FromSeconds(1);

    public static void Configure(HttpClient client)
    {
        client.Timeout = TimeSpan.FromSeconds(5);
        client.MaxResponseContentBufferSize = 1024 * 1024;
    }

    /// <returns>Null if the scheme has only secrets.</returns>
    public static JwksSource? Create(JwtSchemeOptions options, IHttpClientFactory clients, IHostEnvironment environment)
    {
        if (!string.IsNullOrWhiteSpace(options.JwksFile))
            return new JwksSource(options.JwksFile, FilePause, FilePause, cancel => File.ReadAllTextAsync(options.JwksFile, cancel));
        if (!string.IsNullOrWhiteSpace(options.JwksUrl))
            return new JwksSource(options.JwksUrl, UrlMaxAge, UrlPause, cancel => GetAsync(clients, options.JwksUrl, cancel));
        if (!string.IsNullOrWhiteSpace(options.Authority))
            return new JwksSource(
                options.Authority, UrlMaxAge, UrlPause, cancel => DiscoverAsync(clients, environment, options.Authority, cancel));
        return null;
    }

    /// <summary>Keys must be read over HTTPS: on an unprotected connection they could have been replaced.</summary>
    public static bool IsAllowedUrl(Uri url, IHostEnvironment environment) =>
        url.Scheme == Uri.UriSchemeHttps
        || (url.Scheme == Uri.UriSchemeHttp && (environment.IsDevelopment() || IsThisMachine(url)));

    private static bool IsThisMachine(Uri url) =>
        url.IsLoopback || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address));

    private static async Task<string> GetAsync(IHttpClientFactory clients, string url, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(HttpClientName);
        return await client.GetStringAsync(new Uri(url), cancellationToken);
    }

    private static async Task<string> DiscoverAsync(
        IHttpClientFactory clients, IHostEnvironment environment, string authority, CancellationToken cancellationToken)
    {
        var metadata = await GetAsync(clients, $"{authority.TrimEnd('/')}/.well-known/openid-configuration", cancellationToken);
        using var document = JsonDocument.Parse(metadata);
        return document.RootElement.TryGetProperty("jwks_uri", out var keys)
            && Uri.TryCreate(keys.GetString(), UriKind.Absolute, out var url)
            && IsAllowedUrl(url, environment)
                ? await GetAsync(clients, url.AbsoluteUri, cancellationToken)
                : throw new FormatException("The discovery document names no https jwks_uri.");
    }
}
