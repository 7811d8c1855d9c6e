using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SdkChat.TestSupport;
using StackExchange.Redis;

namespace SdkChat.Proxies.Tests.Production.Rig;

/// <summary>Redis, started with the command of the compose file and a password.</summary>
internal sealed partial class ComposedRedis : IAsyncDisposable
{
    private readonly Process _process;

    private ComposedRedis(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port},password={Password}";

    public static string Password => "of-redis-0123456789";

    public static async Task<ComposedRedis> StartAsync(string folder)
    {
        if (!TestRedis.IsInstalled)
            Assert.Ignore("redis-server is not installed.");
        var port = Programs.FreePort();
        var start = new ProcessStartInfo(
            "sh", ["-c", Command(string.Create(CultureInfo.InvariantCulture, $" --port {port} --bind 127.0.0.1 --dir {folder}"))])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["REDIS_PASSWORD"] = Password;
        var redis = new ComposedRedis(Process.Start(start)!, port);
        redis._process.OutputDataReceived += (_, _) => { };
        redis._process.BeginOutputReadLine();
        await Polling.UntilAsync("Redis answers", redis.AnswersAsync);
        return redis;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The script of the compose file, as the engine hands it to the shell, with more arguments.</summary>
    private static string Command(string more)
    {
        var script = Script().Match(File.ReadAllText(Repository.Path("deploy/compose/compose.yaml")));
        script.Success.Should().BeTrue("the compose file starts Redis");
        return string.Join('\n', script.Value.Split('\n').Select(line => line.Trim()))
            .Replace("$$", "$", StringComparison.Ordinal).Replace("--appendonly no", "--appendonly no" + more, StringComparison.Ordinal)
            + "\n";
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
            return (await connection.GetDatabase().PingAsync()) > TimeSpan.Zero;
        }
        catch (RedisConnectionException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"exec redis-server - --save.*\n +requirepass \$\$REDIS_PASSWORD\n +END")]
    private static partial Regex Script();
}
