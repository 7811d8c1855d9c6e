using Microsoft.Net.Http.Headers;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.ConsolePages.Files;

/// <summary>
/// Serves the console's two pages, which are revalidated with each request, and their assets, which are cached permanently.
/// </summary>
internal static class FileEndpoints
{
    /// <summary>A browser may cache a page, but must revalidate it before each use.</summary>
    public const string Revalidate = "no-cache";

    /// <summary>The response must not be stored.</summary>
    public const string NotKept = "no-store";

    private const string ForGood = "public, max-age=31536000, immutable";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapFiles(this IEndpointRouteBuilder console)
    {
        console.MapMethods("", Reading, TenantPage);
        console.MapMethods("/admin", Reading, BackofficePage);
        console.MapMethods("/wall", Reading, WallPage);
        console.MapMethods("/assets/{version}/{**path}", Reading, Asset);
    }

    /// <summary>The root address redirects browsers to the console. Other callers get the API's 404.</summary>
    public static IResult Root(HttpContext context)
    {
        var request = context.Request;
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        var isBrowser = Reading.Contains(request.Method)
            && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        return isBrowser
            ? Results.Redirect($"{request.PathBase}{ConsolePaths.Tenant}")
            : new FailureResult(new Failure(ErrorCode.NotFound));
    }

    private static IResult TenantPage(HttpContext context, ConsoleShelf shelf, TenantHosts hosts)
    {
        var admin = $"{context.Request.PathBase}{ConsolePaths.Backoffice}";
        return hosts.IsBackoffice(context.Request.Host) ? Results.Redirect(admin) : Page(context, shelf, "tenant");
    }

    private static IResult WallPage(HttpContext context, ConsoleShelf shelf) => Page(context, shelf, "wall");

    private static IResult BackofficePage(HttpContext context, ConsoleShelf shelf) => Page(context, shelf, "admin");

    private static IResult Page(HttpContext context, ConsoleShelf shelf, string name)
    {
        var request = context.Request;
        // Each page has one address: routing would also accept a slash at its end.
        return request.Path.Value!.EndsWith('/')
            ? Results.Redirect(
                $"{request.PathBase}{request.Path.Value.TrimEnd('/')}{request.QueryString}", permanent: true, preserveMethod: true)
            : shelf.Files.PageOf(name).Answer(context, Revalidate);
    }

    /// <summary>
    /// During a rolling update, a page of one node may request assets of its version from another. It gets that node's files, which must
    /// not be cached, so that an address is never cached with the content of another version.
    /// </summary>
    private static IResult Asset(HttpContext context, ConsoleShelf shelf, string version, string? path)
    {
        var files = shelf.Files;
        return ConsoleFiles.IsVersion(version) && files.Asset(path ?? "") is { } asset
            ? asset.Answer(context, version == files.Version ? ForGood : NotKept)
            : new FailureResult(new Failure(ErrorCode.NotFound));
    }
}
