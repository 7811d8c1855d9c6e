using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>How <c>up</c> ends, and how it comes back.</summary>
public sealed class StoppingTests
{
    private Instance _instance = null!;

    [OneTimeSetUp]
    public async Task PrepareAsync() => _instance = await Instance.PreparedAsync();

    [OneTimeTearDown]
    public async Task RemoveAsync() => await _instance.DisposeAsync();

    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task Up_ToldToStop_IsGoneAtOnceWithItsServer(string signal)
    {
        var (up, _) = await _instance.UpAsync();
        await using var running = up;
        _instance.Server.Should().NotBeNull();

        var told = Stopwatch.GetTimestamp();
        up.Signal(signal);
        var end = await up.EndAsync();

        Stopwatch.GetElapsedTime(told).Should().BeLessThan(Deadlines.BelowHostLimit);
        _instance.Server.Should().BeNull();
        end.Should().Match<Finished>(finished => finished.Code == 0 && finished.Error.Length == 0);
    }

    [Test]
    public async Task Up_InterruptedWithAStreamAndHalfARequestOpen_IsGoneAtOnce()
    {
        var (up, address) = await _instance.UpAsync();
        await using var running = up;
        await new Rows(_instance.ConnectionString).TenantAsync("watcher");
        using var client = new HttpClient { BaseAddress = address };
        var token = (await _instance.RunAsync("token", "tenant", "--tenant", "watcher")).Output.TrimEnd();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var stream = await client.GetAsync(
            new Uri("/api/v1/sdk-chat/events/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        stream.StatusCode.Should().Be(HttpStatusCode.OK);
        using var half = new TcpClient();
        await half.ConnectAsync(IPAddress.Loopback, address.Port);
        await half.GetStream().WriteAsync("POST /v1/profile HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"u8.ToArray());

        var told = Stopwatch.GetTimestamp();
        up.Signal("INT");
        await up.EndAsync();

        Stopwatch.GetElapsedTime(told).Should().BeLessThan(Deadlines.BelowHostLimit);
        _instance.Server.Should().BeNull();
    }

    [TestCase("TERM", 6)]
    [TestCase("INT", 50)]
    public async Task Up_WithADrain_SpreadsTheEndsOfItsStreamsOnTerminationOnly(string signal, double drain)
    {
        var (up, address) = await _instance.UpAsync(demo: false, ("Live__DrainSeconds", drain.ToString(CultureInfo.InvariantCulture)));
        await using var running = up;
        await new Rows(_instance.ConnectionString).TenantAsync($"drained-{signal}".ToLowerInvariant());
        var token = (await _instance.RunAsync("token", "tenant", "--tenant", $"drained-{signal}".ToLowerInvariant())).Output.TrimEnd();
        var streams = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StreamSocket.ReadyAsync(address, token)));

        var told = Stopwatch.GetTimestamp();
        up.Signal(signal);
        var ends = await Task.WhenAll(
            streams.Select(async stream => (IsProper: await stream.ToEndAsync(), After: Stopwatch.GetElapsedTime(told).TotalSeconds)));
        await up.EndAsync();

        ends.Should().OnlyContain(end => end.IsProper);
        var (first, last) = (ends.Min(end => end.After), ends.Max(end => end.After));
        if (signal == "INT")
        {
            last.Should().BeLessThan(Deadlines.BelowHostLimit.TotalSeconds);
            return;
        }

        // Evenly, to the second: StreamDrainTests, whose clock stands still.
        last.Should().BeGreaterThan(drain * 0.9);
        (last - first).Should().BeGreaterThan(drain / 4, "readers must not come back to the other nodes together");
    }

    /// <summary>As on a full disk, but that another server takes its place at once.</summary>
    [Test]
    public async Task Up_ItsServerEnds_SaysSoAndStartsItAgain()
    {
        var (up, address) = await _instance.UpAsync();
        await using var running = up;
        var first = _instance.Server!.Value;
        using var client = new HttpClient { BaseAddress = address };

        SdkChatProgram.Signal("QUIT", first);
        await Eventually.TrueAsync(() => Task.FromResult(_instance.Server is { } server && server != first), Deadlines.Program);
        await Eventually.TrueAsync(
            async () => (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode, Deadlines.Program);
        up.Signal("INT");
        var end = await up.EndAsync();

        end.ErrorLines[0]
            .Should().Match($"sdkchat: The embedded PostgreSQL has ended: *{_instance.Home}/server.log*. It is started again every 2 s.");
        end.ErrorLines[1].Should().Be("sdkchat: The embedded PostgreSQL runs again.");
        end.Code.Should().Be(0);
        _instance.Server.Should().BeNull();
    }

    [Test]
    public async Task Up_Killed_ItsServerEndsAndTheDataIsThereNextTime()
    {
        var (up, _) = await _instance.UpAsync();
        await using (up)
        {
            await new Rows(_instance.ConnectionString).TenantAsync("survivor");
            up.Signal("KILL");
            await up.EndAsync();
        }

        await _instance.ServerShouldEndAsync();
        await TenantShouldBeThereAsync("survivor");
    }

    [Test]
    public async Task Up_KilledWithTheKeeperOfItsServer_EndsTheOrphanNextTime()
    {
        var (up, _) = await _instance.UpAsync();
        int orphan;
        await using (up)
        {
            orphan = _instance.Server!.Value;
            await new Rows(_instance.ConnectionString).TenantAsync("orphaned");
            // All that could tell the server to stop.
            foreach (var keeper in _instance.Keepers.ToList())
                SdkChatProgram.Signal("KILL", keeper);
            up.Signal("KILL");
            await up.EndAsync();
        }

        _instance.Server.Should().Be(orphan);
        await TenantShouldBeThereAsync("orphaned");
        Instance.IsRunning(orphan).Should().BeFalse();
    }

    [Test]
    public async Task Verbs_NothingRunning_EachHasAServerForItsOwnDurationInTurn()
    {
        var outcomes = await Task.WhenAll(
            _instance.RunAsync("migrate"), _instance.RunAsync("migrate"), _instance.RunAsync("token", "backoffice"));

        outcomes.Should().OnlyContain(outcome => outcome.Code == 0 && outcome.Error.Length == 0);
        _instance.Server.Should().BeNull();
    }

    private async Task TenantShouldBeThereAsync(string code) =>
        (await _instance.RunAsync("token", "tenant", "--tenant", code)).Should().Match<Finished>(outcome => outcome.Code == 0);
}
