using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.Clients;

/// <summary>A process that may have few files open, and more connections than files.</summary>
public sealed class FileLimitTests
{
    private const string Refused = "No connection can be accepted";

    /// <summary>Callers who connect and say nothing take all that there is, and others are served all the same.</summary>
    [Test]
    public async Task Service_WithFewerFilesThanConnections_SaysSoAndServes()
    {
        await using var instance = await Instance.PreparedAsync();
        var (up, address) = await instance.UpAsync("ulimit -n 1000;");
        await using var running = up;
        (await up.LineAsync("The process may have 1000 files open"))
            .Should().Contain("Server:MaxConnections 30000").And.Contain("Live:MaxStreams 20000");
        var callers = new List<Socket>();
        try
        {
            for (var i = 0; i < 1500; i++)
                callers.Add(await ConnectAsync(address));
            await ServesAsync(address);

            up.Lines(Refused).Should().BeEmpty("connections that rest are closed before files run out");
            Files(up.Id).Should().BeLessThan(1000);
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }

        await ServesAsync(address);
    }

    /// <summary>Whatever else takes the files: accepting pauses, which costs no processor, and goes on when there are some again.</summary>
    [Test]
    public async Task Service_WithoutAFileForAConnection_PausesAndRecovers()
    {
        if (Programs.Find("prlimit") is null)
            Assert.Ignore("prlimit is not installed.");
        await using var instance = await Instance.PreparedAsync();
        var (up, address) = await instance.UpAsync();
        await using var running = up;
        await ServesAsync(address);

        await LimitAsync(up.Id, 3);
        using var client = new HttpClient { BaseAddress = address };
        var waiting = client.GetAsync(new Uri("/health/live", UriKind.Relative));
        await up.LineAsync(Refused);
        var (began, before) = (Stopwatch.GetTimestamp(), ProcessorTime(up.Id));
        await Eventually.TrueAsync(() => Task.FromResult(Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(3)));
        var busy = (ProcessorTime(up.Id) - before) / Stopwatch.GetElapsedTime(began);
        waiting.IsCompleted.Should().BeFalse();

        await LimitAsync(up.Id, 1000);
        (await waiting).StatusCode.Should().Be(HttpStatusCode.OK);
        up.Lines(Refused).Should().ContainSingle();
        busy.Should().BeLessThan(0.5, "a loop that tries again at once would take a processor");
    }

    private static async Task ServesAsync(Uri address)
    {
        for (var i = 0; i < 20; i++)
        {
            using var client = new HttpClient { BaseAddress = address, Timeout = Deadlines.Soon };
            using var answer = await client.GetAsync(new Uri("/api/v1/sdk-chat", UriKind.Relative));
            answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }
    }

    private static async Task<Socket> ConnectAsync(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        return socket;
    }

    private static int Files(int process) => Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;

    /// <summary>Of all its threads.</summary>
    private static TimeSpan ProcessorTime(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.TotalProcessorTime;
    }

    private static async Task LimitAsync(int process, int files)
    {
        using var prlimit = Process.Start(
            Programs.Find("prlimit")!, ["--pid", process.ToString(CultureInfo.InvariantCulture), $"--nofile={files}:"]);
        await prlimit.WaitForExitAsync();
        prlimit.ExitCode.Should().Be(0);
    }
}
