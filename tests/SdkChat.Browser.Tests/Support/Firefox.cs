using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests.Support;

/// <summary>Debian's Firefox, headless, driven by its own WebDriver BiDi.</summary>
internal sealed class Firefox : ForeignBrowser
{
    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private string _page = "";
    private int _command;

    private Firefox(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Where it is; null when there is none.</summary>
    public static string? Path => Programs.Find("firefox-esr") ?? Programs.Find("firefox");

    /// <param name="preferences">As <c>about:config</c> has them, each value as JavaScript.</param>
    public static async Task<Firefox> StartAsync(params (string Name, string Value)[] preferences)
    {
        var profile = Directory.CreateTempSubdirectory("sdkchat-firefox-").FullName;
        await File.WriteAllLinesAsync(
            System.IO.Path.Combine(profile, "user.js"),
            preferences.Select(preference => $"user_pref(\"{preference.Name}\", {preference.Value});"));
        var port = Programs.FreePort();
        var start = new ProcessStartInfo(Path!, ["--headless", "--no-remote", "--profile", profile, $"--remote-debugging-port={port}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = profile;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var firefox = new Firefox(process, profile);
        await firefox.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/session"));
        return firefox;
    }

    public override Task GotoAsync(Uri address) =>
        SendAsync("browsingContext.navigate", new JsonObject { ["context"] = _page, ["url"] = address.AbsoluteUri, ["wait"] = "complete" });

    public override async Task<string> EvaluateAsync(string expression)
    {
        var result = await SendAsync("script.evaluate", new JsonObject
        {
            ["expression"] = $"Promise.resolve({expression}).then(String)",
            ["awaitPromise"] = true,
            ["target"] = new JsonObject { ["context"] = _page },
        });
        return result["result"]?["value"]?.GetValue<string>() ?? throw new InvalidOperationException(result.ToJsonString());
    }

    public override Task TypeAsync(string keys) =>
        SendAsync("input.performActions", new JsonObject { ["context"] = _page, ["actions"] = KeyActions(keys) });

    public override async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private async Task ConnectAsync(Uri session)
    {
        await Eventually.TrueAsync(async () =>
        {
            using var probe = new ClientWebSocket();
            try
            {
                await probe.ConnectAsync(session, default);
                return true;
            }
            catch (WebSocketException)
            {
                return _process.HasExited ? throw new InvalidOperationException("Firefox does not start.") : false;
            }
        }, Deadlines.Program);
        await _socket.ConnectAsync(session, default);
        await SendAsync("session.new", new JsonObject { ["capabilities"] = new JsonObject() });
        _page = (await SendAsync("browsingContext.create", new JsonObject { ["type"] = "tab" }))["context"]!.GetValue<string>();
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        var id = ++_command;
        using var deadline = new CancellationTokenSource(Deadlines.Program);
        var text = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(text), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
        while (true)
        {
            var answer = JsonNode.Parse(await ReceiveAsync(deadline.Token))!;
            // Events come in between.
            if (answer["id"]?.GetValue<int>() == id)
                return answer["result"] ?? throw new InvalidOperationException(answer.ToJsonString());
        }
    }

    private async Task<byte[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellationToken);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return message.ToArray();
    }
}
