using System.Collections.Concurrent;
using System.Diagnostics;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>Both pages below a path of nginx, which serves nothing else.</summary>
public sealed class PathBaseTests : ConsoleTest
{
    [Test]
    public async Task Console_BelowAPath_WorksAndAsksForNothingElse()
    {
        if (Programs.Find("nginx") is not { } nginx)
        {
            Assert.Ignore("nginx is not installed (./sdkchat test installs it).");
            return;
        }

        await using var api = await TestApi.StartAsync(Stage.ConnectionString, new Dictionary<string, string?>(Stage.Settings)
        {
            ["Proxies:PathBase"] = "/chat", ["Proxies:Trusted:0"] = "127.0.0.1",
        });
        var folder = Directory.CreateTempSubdirectory("sdkchat-nginx-");
        File.SetUnixFileMode(folder.FullName, File.GetUnixFileMode(folder.FullName) | UnixFileMode.OtherExecute);
        var port = Programs.FreePort();
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "nginx.conf"), Configuration(folder.FullName, port, api.BaseAddress.Port));
        using var process = Process.Start(new ProcessStartInfo(
            nginx, ["-c", $"{folder}/nginx.conf", "-p", folder.FullName, "-e", $"{folder}/error.log"]))!;
        try
        {
            await LookAsync(new Uri($"http://127.0.0.1:{port}/"));
        }
        finally
        {
            // Told, not killed: its worker would outlive it.
            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
                await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    private async Task LookAsync(Uri proxy)
    {
        var asked = await Shop.AskAsync();
        using var client = new HttpClient { BaseAddress = proxy };
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await client.GetAsync(new Uri("/chat/health/live", UriKind.Relative))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        var paths = new ConcurrentBag<string>();
        var context = await BrowserAsync(signedIn: false, at: proxy);
        context.Request += (_, request) => paths.Add(new Uri(request.Url).AbsolutePath);

        var page = await context.NewPageAsync();
        await page.GotoAsync("/chat/console#/chats");
        await page.GetByTestId("sign-in-token").FillAsync(Shop.Token());
        await page.GetByTestId("sign-in-token").PressAsync("Enter");
        await ConnectionAsync(page, "live");
        await Row(page, asked.Chat).ClickAsync();
        await Expect(page.GetByTestId("detail-prompt")).ToHaveTextAsync("Dinner ideas?");
        await page.ReloadAsync();
        await ConnectionAsync(page, "live");
        await Expect(page.GetByTestId("detail-prompt")).ToHaveTextAsync("Dinner ideas?");

        await page.GotoAsync("/chat/console/admin");
        await page.GetByTestId("sign-in-token").FillAsync(Stage.Api.BackofficeToken());
        await page.GetByTestId("sign-in-token").PressAsync("Enter");
        await page.GetByTestId("fleet-search").FillAsync(Shop.Code);
        await Expect(page.GetByTestId("fleet-table")).ToContainTextAsync(Shop.Code);
        paths.Should().HaveCountGreaterThan(20).And.OnlyContain(path => path.StartsWith("/chat/", StringComparison.Ordinal));
    }

    private static string Configuration(string home, int port, int node) =>
        $$"""
        daemon off;
        worker_processes 1;
        pid {{home}}/nginx.pid;
        error_log {{home}}/error.log;
        events { worker_connections 256; }
        http {
          access_log off;
          client_body_temp_path {{home}}/body; proxy_temp_path {{home}}/proxy; fastcgi_temp_path {{home}}/fastcgi;
          uwsgi_temp_path {{home}}/uwsgi; scgi_temp_path {{home}}/scgi;
          server {
            listen 127.0.0.1:{{port}};
            location / { return 404; }
            location /chat/ {
              proxy_pass http://127.0.0.1:{{node}}/;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header Host $http_host;
              proxy_set_header X-Forwarded-Proto $scheme;
              proxy_set_header X-Forwarded-For $remote_addr;
              proxy_set_header X-Forwarded-Host "";
            }
          }
        }
        """;
}
