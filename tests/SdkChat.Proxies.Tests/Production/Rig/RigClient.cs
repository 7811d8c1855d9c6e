using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SdkChat.Proxies.Tests.Rig;

namespace SdkChat.Proxies.Tests.Production.Rig;

/// <summary>What a proxy answered.</summary>
internal sealed record RigAnswer(int Status, string Body)
{
    public JsonElement Data => JsonDocument.Parse(Body).RootElement.GetProperty("data");
}

/// <summary>Calls of apps and admins through one proxy, over TLS, each with the host that it has outside.</summary>
internal sealed class RigClient(Proxy proxy, Certificate certificate) : IDisposable
{
    private readonly HttpClient _client = Client.New(certificate);

    public Task<RigAnswer> AdminAsync(RigTenant tenant, string path, string subject = "someone") =>
        SendAsync(HttpMethod.Get, path, $"{tenant.Code}.aika.life", request =>
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tenant.AdminToken(subject)));

    /// <param name="more">More headers.</param>
    public Task<RigAnswer> BackofficeAsync(string path, string token, params (string Name, string Value)[] more) =>
        SendAsync(HttpMethod.Get, path, "admin.aika.life", request =>
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            foreach (var (name, value) in more)
                request.Headers.Add(name, value);
        });

    public Task<RigAnswer> SdkAsync(RigTenant tenant, HttpMethod method, string path, object? body = null) =>
        SendAsync(method, path, "api.aika.life", request =>
        {
            request.Headers.Add("X-API-KEY", tenant.SdkKey);
            request.Content = body is null ? null : JsonContent.Create(body);
        });

    public async Task<RigAnswer> SendAsync(HttpMethod method, string path, string host, Action<HttpRequestMessage> prepare)
    {
        using var request = new HttpRequestMessage(method, new Uri(proxy.Secure, path)) { Headers = { Host = host } };
        prepare(request);
        using var response = await _client.SendAsync(request);
        return new RigAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => _client.Dispose();
}
