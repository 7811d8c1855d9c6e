using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SdkChat.Api.Tests.Support;

/// <summary>An issuer of tokens on a real socket: a discovery document, and a JWKS document that a test may change or take away.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestIssuer(WebApplication app) => _app = app;

    /// <summary>The keys that are published; null answers 503.</summary>
    public PublishedKey[]? Keys { get; set; } = [];

    public string Url => _app.Urls.First();

    public string JwksUrl => $"{Url}/keys";

    public static async Task<TestIssuer> StartAsync(params PublishedKey[] keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TestIssuer(builder.Build()) { Keys = keys };
        issuer._app.MapGet("/keys", issuer.AnswerKeys);
        issuer._app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = issuer.Url, jwks_uri = issuer.JwksUrl }));
        await issuer._app.StartAsync();
        return issuer;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult AnswerKeys() => Keys is null ? Results.StatusCode(503) : Results.Text(PublishedKey.Document(Keys), "application/json");
}
