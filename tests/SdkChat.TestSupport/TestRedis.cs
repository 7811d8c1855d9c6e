using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SdkChat.TestSupport;

/// <summary>A real Redis on a free port of 127.0.0.1, with nothing on disk, for as long as somebody needs it.</summary>
public sealed class TestRedis : IAsyncDisposable
{
    private Process? _process;

    private TestRedis(int port) => Port = port;

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Its process, for tests that freeze it.</summary>
    public int Id => _process!.Id;

    /// <summary>Whether this machine has one. <c>./sdkchat test</c> installs it.</summary>
    public static bool IsInstalled => Programs.Find("redis-server") is not null;

    public static async Task<TestRedis> StartAsync()
    {
        var redis = new TestRedis(Programs.FreePort());
        await redis.StartServerAsync();
        return redis;
    }

    public async Task StartServerAsync()
    {
        string[] arguments = ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", Path.GetTempPath()];
        _process = Process.Start(new ProcessStartInfo(Programs.Find("redis-server")!, arguments) { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        await Eventually.TrueAsync(IsUpAsync);
    }

    public async Task StopServerAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Sends one command, as <c>redis-cli</c> would.</summary>
    public async Task<string> SendAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(command + "\r\n"));
        var answer = new byte[4096];
        var length = await client.GetStream().ReadAsync(answer);
        return System.Text.Encoding.UTF8.GetString(answer, 0, length);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await StopServerAsync();
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            return await SendAsync("PING") == "+PONG\r\n";
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
