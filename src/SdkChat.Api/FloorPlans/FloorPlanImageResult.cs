using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http;
using SdkChat.Application.FloorPlans;

namespace SdkChat.Api.FloorPlans;

/// <summary>
/// Sends the picture of a floor plan. A browser shows it within a page of the service and saves it otherwise: it is never a document, so
/// nothing in it can run.
/// </summary>
internal sealed class FloorPlanImageResult(FloorPlanImage image) : IActionResult
{
    private const string NothingMayRun = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static string TagOf(Guid version) => version.ToString("D");

    /// <summary>
    /// The version in <c>If-None-Match</c>; null if it has none or several, or one that is not written as <see cref="TagOf"/> writes it.
    /// </summary>
    public static Guid? KnownTo(HttpRequest request) =>
        request.Headers.IfNoneMatch is [{ } tag]
            && Guid.TryParseExact(tag.Replace("W/", "", StringComparison.Ordinal).Trim('"'), "D", out var version)
            && WeakETag.FromText(TagOf(version)).IsKnownTo(request) ? version : null;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var type = ImageBody.NameOf(image.Type);
        response.Headers.ContentSecurityPolicy = NothingMayRun;
        response.Headers.ContentDisposition = $"attachment; filename=\"floor-plan.{type["image/".Length..]}\"";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (WeakETag.FromText(TagOf(image.Version)).TrySetNotModified(context.HttpContext) || image.Content is not { } content)
            return;

        response.ContentType = type;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, context.HttpContext.RequestAborted);
    }
}
