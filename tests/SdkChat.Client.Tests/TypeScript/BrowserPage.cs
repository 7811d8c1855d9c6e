using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.TypeScript;

/// <summary>A page in headless Chromium that uses the client as it was compiled, without a bundler, and reports what it is told.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private const string Html =
        """
        <!doctype html>
        <title>watching</title>
        <script type="module">
          import { SdkChatClient, SdkChatStream } from '/client/index.js';
          const wanted = new URLSearchParams(location.search);
          document.cookie = `tenant_token=${wanted.get('token')}; path=/`;
          let last = Promise.resolve();
          const report = (line) => { last = last.then(() => fetch('/report', { method: 'POST', body: JSON.stringify(line) })); };
          const client = new SdkChatClient({ baseUrl: wanted.get('service') });
          const stream = new SdkChatStream(client, {
            backoff: { base: 100, max: 400 },
            state: (state) => report(state),
            refetch: async (why) => report(`${why} ${(await client.listChats()).total}`),
          });
          stream.on('chat_completed', (data) => report(`completed ${data.chat_id}`));
          stream.open();
          // What another tab would do: sign in.
          const renew = setInterval(async () => {
            const token = await (await fetch('/token')).text();
            if (token) { clearInterval(renew); document.cookie = `tenant_token=${token}; path=/`; }
          }, 100);
        </script>
        """;

    private readonly Channel<string> _reports = Channel.CreateUnbounded<string>();
    private readonly string _profile = Directory.CreateTempSubdirectory("sdkchat-chromium-").FullName;
    private readonly WebApplication _pages;
    private Process? _chromium;

    private BrowserPage(string client) => _pages = Pages(client);

    public string Origin => _pages.Urls.Single();

    /// <summary>The token that the page takes into its cookie next.</summary>
    public string NextToken { get; set; } = "";

    public static async Task<BrowserPage> ServeAsync(string client)
    {
        var page = new BrowserPage(client);
        await page._pages.StartAsync();
        return page;
    }

    public void Browse(Uri service, string token)
    {
        var page = $"{Origin}/?service={Uri.EscapeDataString(service.AbsoluteUri)}&token={Uri.EscapeDataString(token)}";
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

    /// <summary>Reads reports up to this one.</summary>
    public async Task UntilAsync(string report, CancellationToken cancellationToken)
    {
        await foreach (var seen in _reports.Reader.ReadAllAsync(cancellationToken))
        {
            if (seen == report)
                return;
        }
    }

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

    private WebApplication Pages(string client)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(client), RequestPath = "/client" });
        app.MapGet("/", () => Results.Content(Html, "text/html", Encoding.UTF8));
        app.MapGet("/token", () => NextToken);
        app.MapPost("/report", async (HttpRequest request) =>
            await _reports.Writer.WriteAsync((await JsonSerializer.DeserializeAsync<string>(request.Body))!));
        return app;
    }
}
