using System.Collections.Concurrent;

namespace SdkChat.Browser.Tests.Screenshots;

/// <summary>A picture that could not be made: which one, at what size, why, and what the page reported last.</summary>
internal sealed class FailedPictureException(string message, Exception inner) : Exception(message, inner)
{
    private const int MostReports = 5;

    public static FailedPictureException Create(Shot shot, IPage page, IEnumerable<string> reports, Exception cause)
    {
        var last = reports.TakeLast(MostReports).ToArray();
        return new FailedPictureException(
            $"""
            {shot.Name} failed: {page.Url} at {shot.Width} x {shot.Height}, {shot.Theme}, {shot.Language}
              {cause.GetType().Name}: {cause.Message.ReplaceLineEndings("\n  ")}
              The page's last errors: {(last.Length == 0 ? "none" : string.Join("\n    ", last))}
            """,
            cause);
    }

    /// <summary>What goes wrong on a page from now on.</summary>
    public static ConcurrentQueue<string> Listen(IPage page)
    {
        var reports = new ConcurrentQueue<string>();
        page.PageError += (_, error) => reports.Enqueue($"thrown: {error}");
        page.Crash += (_, _) => reports.Enqueue("the page crashed");
        page.RequestFailed += (_, request) => reports.Enqueue($"{request.Method} {request.Url}: {request.Failure}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                reports.Enqueue($"{response.Request.Method} {response.Url}: {response.Status}");
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                reports.Enqueue($"console: {message.Text}");
        };
        return reports;
    }
}
