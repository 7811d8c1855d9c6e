using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SdkChat.Api.Http.Errors;

namespace SdkChat.Api.Http.Origins;

/// <summary>Chooses the CORS rules by path, so that errors and unknown routes carry the headers as well.</summary>
internal sealed class CorsPolicies : ICorsPolicyProvider
{
    private static readonly string[] Exposed = [HeaderNames.Link, HeaderNames.ETag, HeaderNames.RetryAfter, RequestId.Header];

    private readonly Task<CorsPolicy?> _api;
    private readonly Task<CorsPolicy?> _sdk;

    public CorsPolicies(IOptions<CorsSettings> settings)
    {
        var api = new CorsPolicyBuilder([.. settings.Value.AllowedOrigins])
            .AllowCredentials()
            .WithMethods(HttpMethods.Get, HttpMethods.Head);

        var sdk = new CorsPolicyBuilder([.. settings.Value.SdkOrigins])
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete);
        if (settings.Value.SdkOrigins.Count == 0)
            sdk.AllowAnyOrigin();

        _api = Finish(api);
        _sdk = Finish(sdk);
    }

    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName) =>
        context.Request.Path.StartsWithSegments("/api") ? _api
        : context.Request.Path.StartsWithSegments("/v1") ? _sdk
        : Task.FromResult<CorsPolicy?>(null);

    private static Task<CorsPolicy?> Finish(CorsPolicyBuilder policy) => Task.FromResult<CorsPolicy?>(
        policy.AllowAnyHeader().WithExposedHeaders(Exposed).SetPreflightMaxAge(TimeSpan.FromMinutes(10)).Build());
}
