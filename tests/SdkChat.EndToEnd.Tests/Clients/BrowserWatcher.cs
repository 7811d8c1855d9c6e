using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.Clients;

/// <summary>
/// The browser's EventSource, with credentials, in headless Chromium: a page of another origin opens the stream with a
/// cookie, and reports every event to the server that it came from.
/// </summary>
internal sealed class BrowserWatcher : IEventWatcher
{
    private readonly Channel<WatchedEvent> _reports = Channel.CreateUnbounded<WatchedEvent>();
    private readonly string _profile = Directory.CreateTempSubdirectory("sdkchat-chromium-").FullName;
    private readonly WebApplication _pages;
    private Process? _chromium;

    private BrowserWatcher() => _pages = Pages();

    /// <summary>The origin of the page; the service must allow it.</summary>
    public string Origin => _pages.Urls.Single();

    /// <summary>Serves the page; <see cref="Browse"/> opens it.</summary>
    public static async Task<BrowserWatcher> ServeAsync()
    {
        var watcher = new BrowserWatcher();
        await watcher._pages.StartAsync();
        return watcher;
    }

    public void Browse(Uri stream, string token)
    {
        var page = $"{Origin}/?stream={Uri.EscapeDataString(stream.AbsoluteUri)}&token={Uri.EscapeDataString(token)}";
        _chromium = Process.Start(new ProcessStartInfo(Programs.FindChromium()!,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-port=0",
            $"--user-data-dir={_profile}", page,
        ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _chromium.ErrorDataReceived += (_, _) => { };
        _chromium.BeginErrorReadLine();
        _chromium.OutputDataReceived += (_, _) => { };
        _chromium.BeginOutputReadLine();
    }

    public IAsyncEnumerable<WatchedEvent> WatchAsync(CancellationToken cancellationToken) =>
        _reports.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            _chromium.Kill(entireProcessTree: true);
            await _chromium.WaitForExitAsync();
            _chromium.Dispose();
        }

        await _pages.DisposeAsync();
        Directory.Delete(_profile, recursive: true);
    }

    private WebApplication Pages()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => Results.Content(Page, "text/html", Encoding.UTF8));
        app.MapPost("/report", async (HttpRequest request) =>
        {
            using var report = await JsonDocument.ParseAsync(request.Body);
            await _reports.Writer.WriteAsync(new WatchedEvent(
                report.RootElement.GetProperty("name").GetString()!, report.RootElement.GetProperty("data").GetString()!));
        });
        return app;
    }

    private const string Page =
        """
        <!doctype html>
        <title>watching</title>
        <script type="module">
          const wanted = new URLSearchParams(location.search);
          document.cookie = `tenant_token=${wanted.get('token')}; path=/`;
          let last = Promise.resolve();
          const report = (name, data) => {
            last = last.then(() => fetch('/report', { method: 'POST', body: JSON.stringify({ name, data }) }));
          };
          const source = new EventSource(wanted.get('stream'), { withCredentials: true });
          for (const name of ['ready', 'ping', 'chat_completed', 'backlist_triggered']) {
            source.addEventListener(name, (event) => report(name, event.data));
          }
        </script>
        """;
}
