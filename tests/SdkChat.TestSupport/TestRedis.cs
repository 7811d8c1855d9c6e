using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace SdkChat.TestSupport;

/// <summary>A real Redis on a free port of 127.0.0.1, with nothing on disk, for as long as somebody needs it.</summary>
public sealed class TestRedis : IAsyncDisposable
{
    private Process? _process;

    private readonly RedisSecurity? _security;

    private TestRedis(int port, RedisSecurity? security) => (Port, _security) = (port, security);

    public int Port { get; }

    public string ConnectionString => _security is null ? $"127.0.0.1:{Port}" : $"127.0.0.1:{Port},password={_security.Password},ssl=true";

    /// <summary>What a client has to trust; null without TLS.</summary>
    public string? CertificateFile => _security?.CertificateFile;

    /// <summary>Its process, for tests that freeze it.</summary>
    public int Id => _process!.Id;

    /// <summary>Whether this machine has one. <c>./sdkchat test</c> installs it.</summary>
    public static bool IsInstalled => Programs.Find("redis-server") is not null;

    /// <param name="security">Null for one that lets in whoever comes.</param>
    public static async Task<TestRedis> StartAsync(RedisSecurity? security = null)
    {
        var redis = new TestRedis(Programs.FreePort(), security);
        await redis.StartServerAsync();
        return redis;
    }

    public async Task StartServerAsync()
    {
        string[] arguments = [.. Listening(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", Path.GetTempPath()];
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
        await using var stream = await OpenAsync(client);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(command + "\r\n"));
        var answer = new byte[4096];
        var length = await stream.ReadAsync(answer);
        return System.Text.Encoding.UTF8.GetString(answer, 0, length);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await StopServerAsync();
    }

    private string[] Listening()
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        return _security is null
            ? ["--port", port]
            :
            [
                "--port", "0", "--tls-port", port, "--tls-cert-file", _security.CertificateFile, "--tls-key-file", _security.KeyFile,
                "--tls-auth-clients", "no", "--requirepass", _security.Password,
            ];
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_security is null)
            return client.GetStream();

        using var own = X509CertificateLoader.LoadCertificateFromFile(_security.CertificateFile);
        var stream = new SslStream(client.GetStream(), false, (_, shown, _, _) => shown?.GetCertHashString() == own.GetCertHashString());
        await stream.AuthenticateAsClientAsync("127.0.0.1");
        return stream;
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            return await SendAsync("PING") == (_security is null ? "+PONG\r\n" : "-NOAUTH Authentication required.\r\n");
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
