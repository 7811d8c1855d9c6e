using SdkChat.Api.ConsolePages.Files;
using SdkChat.Api.Http.Errors;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>The 400 to a callback that belongs to no sign-in of this browser: a page in a browser, otherwise the envelope.</summary>
internal static class FailedSignInPage
{
    private const string Problem =
        "belongs to no sign-in that this browser has begun: it was used already, is too old, or was not issued by this service.";

    public static Task WriteAsync(HttpContext context)
    {
        var isBrowser = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        IResult result = isBrowser
            ? context.RequestServices.GetRequiredService<ConsoleShelf>().Files.PageOf("failed-sign-in")
                .Answer(context, FileEndpoints.NotKept, StatusCodes.Status400BadRequest)
            : new FailureResult(Failure.Invalid([("state", Problem)]));
        return result.ExecuteAsync(context);
    }
}
