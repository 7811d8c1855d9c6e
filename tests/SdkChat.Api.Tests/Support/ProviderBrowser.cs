using System.Net;
using System.Text.Json;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Support;

/// <summary>Follows a sign-in as a browser does, cookies included, one redirect at a time. The user is known at the provider.</summary>
internal sealed class ProviderBrowser : IDisposable
{
    private readonly HttpClient _client;
    private readonly TestApi _api;
    private readonly string _page;

    public ProviderBrowser(TestApi api, string user = "", string page = "/console")
    {
        (_api, _page) = (api, page);
        Cookies.Add(new Cookie(TestProvider.UserCookie, user, "/connect/authorize", "127.0.0.1"));
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false, UseProxy = false });
    }

    public CookieContainer Cookies { get; } = new();

    public string Session => $"{_page}/session";

    /// <summary>The cookies that a request of the page to this address has.</summary>
    public IEnumerable<Cookie> CookiesOf(string path) => Cookies.GetCookies(new Uri(_api.BaseAddress, path));

    public Cookie? Token => CookiesOf("/").FirstOrDefault(cookie => cookie.Name.EndsWith("_token", StringComparison.Ordinal));

    public Task<HttpResponseMessage> GetAsync(string address, string accept = "*/*", TestApi? node = null) =>
        SendAsync("GET", address, accept, node);

    /// <summary>As scripts of the page do.</summary>
    public Task<HttpResponseMessage> SendAsync(string method, string address, string accept = "*/*", TestApi? node = null)
    {
        var target = new Uri((node ?? _api).BaseAddress, address);
        var request = new HttpRequestMessage(
            new HttpMethod(method), node is null ? target : new Uri(node.BaseAddress, target.PathAndQuery));
        // All nodes have one address.
        request.Headers.Host = target.Authority == node?.BaseAddress.Authority ? _api.BaseAddress.Authority : target.Authority;
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (method != "GET")
            request.Headers.TryAddWithoutValidation("Origin", _api.BaseAddress.GetLeftPart(UriPartial.Authority));
        return _client.SendAsync(request);
    }

    /// <summary>Begins a sign-in, and lets the provider answer it.</summary>
    /// <returns>The address of the callback.</returns>
    public async Task<string> ReachCallbackAsync(string view = "")
    {
        using var start = await GetAsync($"{Session}/start{view}");
        start.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using var provider = await GetAsync(start.Header("Location")!);
        provider.StatusCode.Should().Be(HttpStatusCode.Redirect, await provider.Content.ReadAsStringAsync());
        return provider.Header("Location")!;
    }

    /// <returns>The address at which the whole sign-in ends.</returns>
    public async Task<string> SignInAsync(string view = "")
    {
        using var callback = await GetAsync(await ReachCallbackAsync(view));
        callback.StatusCode.Should().Be(HttpStatusCode.Redirect, await callback.Content.ReadAsStringAsync());
        return callback.Header("Location")!;
    }

    public async Task<JsonElement> SessionAsync()
    {
        using var response = await GetAsync(Session);
        return await response.DataAsync();
    }

    public void Dispose() => _client.Dispose();
}
