using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests.Support;

/// <summary>Debian's WebKitGTK on a virtual screen, driven by its own WebDriver.</summary>
internal sealed class WebKit : ForeignBrowser
{
    private readonly List<Process> _processes = [];
    private readonly HttpClient _driver;
    private string _session = "";

    private WebKit(Uri driver) => _driver = new HttpClient { BaseAddress = driver, Timeout = Deadlines.Program };

    /// <summary>What is missing for it; null when it can start.</summary>
    public static string? Missing { get; } = new[] { "WebKitWebDriver", "Xvfb" }.FirstOrDefault(program => Programs.Find(program) is null);

    public static async Task<WebKit> StartAsync()
    {
        var port = Programs.FreePort();
        var webKit = new WebKit(new Uri($"http://127.0.0.1:{port}/"));
        try
        {
            var display = await webKit.StartScreenAsync();
            webKit.Start("WebKitWebDriver", ["--host=127.0.0.1", $"--port={port}"], $":{display}");
            await webKit.CreateSessionAsync();
            return webKit;
        }
        catch
        {
            await webKit.DisposeAsync();
            throw;
        }
    }

    public override Task GotoAsync(Uri address) => SendAsync("url", new JsonObject { ["url"] = address.AbsoluteUri });

    public override async Task<string> EvaluateAsync(string expression)
    {
        var script =
            $"const done = arguments[arguments.length - 1]; Promise.resolve({expression}).then((value) => done(String(value)), (error) => "
            + "done('thrown: ' + error))";
        return (await SendAsync("execute/async", new JsonObject { ["script"] = script, ["args"] = new JsonArray() }))!.GetValue<string>();
    }

    public override Task TypeAsync(string keys) => SendAsync("actions", new JsonObject { ["actions"] = KeyActions(keys) });

    public override async ValueTask DisposeAsync()
    {
        _driver.Dispose();
        // The driver with its browser first, then the screen.
        foreach (var process in Enumerable.Reverse(_processes))
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>The server chooses a display that is free, and says which.</summary>
    private async Task<string> StartScreenAsync()
    {
        var screen = Start("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"]);
        return await screen.StandardOutput.ReadLineAsync().WaitAsync(Deadlines.Program)
            ?? throw new InvalidOperationException("Xvfb does not start.");
    }

    private async Task CreateSessionAsync()
    {
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await _driver.GetAsync("status")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return _processes[^1].HasExited ? throw new InvalidOperationException("WebKitWebDriver does not start.") : false;
            }
        }, Deadlines.Program);
        var timeouts = new JsonObject { ["script"] = Deadlines.ProgramMilliseconds, ["pageLoad"] = Deadlines.ProgramMilliseconds };
        var wanted = new JsonObject { ["capabilities"] = new JsonObject { ["alwaysMatch"] = new JsonObject { ["timeouts"] = timeouts } } };
        _session = (await CallAsync("session", wanted))!["sessionId"]!.GetValue<string>();
    }

    private Task<JsonNode?> SendAsync(string command, JsonObject body) => CallAsync($"session/{_session}/{command}", body);

    private async Task<JsonNode?> CallAsync(string path, JsonObject body)
    {
        using var response = await _driver.PostAsJsonAsync(path, body);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(answer)!["value"] : throw new InvalidOperationException($"{path}: {answer}");
    }

    private Process Start(string program, string[] arguments, string? display = null)
    {
        var start = new ProcessStartInfo(Programs.Find(program)!, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        if (display is not null)
            start.Environment["DISPLAY"] = display;
        // There is no graphics card and no session of a desktop to talk to.
        start.Environment["LIBGL_ALWAYS_SOFTWARE"] = "1";
        start.Environment["NO_AT_BRIDGE"] = "1";
        start.Environment["DBUS_SESSION_BUS_ADDRESS"] = "disabled:";
        start.Environment["GDK_BACKEND"] = "x11";
        var process = Process.Start(start)!;
        _processes.Add(process);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
