using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SdkChat.Api.Http.Errors;

namespace SdkChat.Api.Http.Origins;

/// <summary>Chooses the CORS rules by path, so that errors and unknown routes carry the headers as well.</summary>
internal sealed class CorsPolicies : ICorsPolicyProvider
{
    private static readonly string[] Exposed = [HeaderNames.Link, HeaderNames.ETag, HeaderNames.RetryAfter, RequestId.Header];

    /// <summary>
    /// Paths that pages of allowed origins may write to: all that have writes. Such a page needs a token, since a cookie counts for writes
    /// only on the service's own pages. The contract's earlier calls keep their CORS headers unchanged.
    /// </summary>
    private static readonly PathString[] Writable =
    [
        "/api/v1/api-keys", "/api/v1/screens", "/api/v1/floor-plan", "/api/v1/admin/tenants", "/api/v1/admin/blocks",
        "/api/v1/admin/sdk-chat/streams",
    ];

    private readonly Task<CorsPolicy?> _api;
    private readonly Task<CorsPolicy?> _writableApi;
    private readonly Task<CorsPolicy?> _sdk;

    public CorsPolicies(IOptions<CorsSettings> settings)
    {
        var api = Api(settings.Value).WithMethods(HttpMethods.Get, HttpMethods.Head);
        var writableApi = Api(settings.Value)
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete);

        var sdk = new CorsPolicyBuilder([.. settings.Value.SdkOrigins])
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete);
        if (settings.Value.SdkOrigins.Count == 0)
            sdk.AllowAnyOrigin();

        _api = Finish(api);
        _writableApi = Finish(writableApi);
        _sdk = Finish(sdk);
    }

    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName) =>
        context.Request.Path.StartsWithSegments("/api")
        ? (Array.Exists(Writable, path => context.Request.Path.StartsWithSegments(path)) ? _writableApi : _api)
        : context.Request.Path.StartsWithSegments("/v1") ? _sdk
        : Task.FromResult<CorsPolicy?>(null);

    private static CorsPolicyBuilder Api(CorsSettings settings) => new CorsPolicyBuilder([.. settings.AllowedOrigins]).AllowCredentials();

    private static Task<CorsPolicy?> Finish(CorsPolicyBuilder policy) => Task.FromResult<CorsPolicy?>(
        policy.AllowAnyHeader().WithExposedHeaders(Exposed).SetPreflightMaxAge(TimeSpan.FromMinutes(10)).Build());
}
