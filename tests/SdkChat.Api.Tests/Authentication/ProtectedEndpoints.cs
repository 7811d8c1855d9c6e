using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Authentication;

/// <summary>
/// Every endpoint that asks for a credential, read from the application itself: whoever adds one need not remember to
/// have it tested.
/// </summary>
internal static class ProtectedEndpoints
{
    public static IReadOnlyList<(string Method, string Path, string Policy)> All { get; } = Read();

    public static IEnumerable<(string Method, string Path)> Get(string policy) =>
        from endpoint in All where endpoint.Policy == policy select (endpoint.Method, endpoint.Path);

    private static (string, string, string)[] Read()
    {
        using var host = TestApi.Build("Host=nowhere", services: SharedApi.AddProbes);
        var endpoints = ((IEndpointRouteBuilder)host).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
        return
        [
            .. from endpoint in endpoints
            from policy in endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            where method != "HEAD"
            select (method, "/" + Fill(endpoint.RoutePattern.RawText!.TrimStart('/')), policy.Policy!),
        ];
    }

    /// <summary>Ids are left to be filled in when the rows exist: here any will do, for no bad credential gets so far.</summary>
    private static string Fill(string pattern) =>
        System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]+\}", "01990000-0000-7000-8000-000000000001");
}
