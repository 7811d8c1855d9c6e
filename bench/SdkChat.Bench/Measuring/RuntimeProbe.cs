using System.Diagnostics.Tracing;
using System.Net.Sockets;
using System.Text.Json;

namespace SdkChat.Bench.Measuring;

/// <summary>Looks into another process of .NET, which is what it always is but for one thread that waits to be asked.</summary>
internal sealed class RuntimeProbe : IDisposable
{
    private const string Variable = "SDKCHAT_BENCH_PROBE";

    private readonly string _address = Path.Combine(Path.GetTempPath(), $"sdkchat-probe-{Guid.NewGuid():n}");

    /// <summary>What the process is to be started with.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(RuntimeProbe).Assembly.Location,
        [Variable] = _address,
    };

    /// <param name="afterCollection">Whether the process collects everything first, which would disturb what is measured in time.</param>
    public async Task<RuntimeFacts> AskAsync(CancellationToken cancellationToken, bool afterCollection = false)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_address), cancellationToken);
        await socket.SendAsync(new[] { Convert.ToByte(afterCollection) }, cancellationToken);
        await using var answer = new NetworkStream(socket);
        return (await JsonSerializer.DeserializeAsync<RuntimeFacts>(answer, cancellationToken: cancellationToken))!;
    }

    public void Dispose() => File.Delete(_address);

    /// <summary>In the other process.</summary>
    public static void Install()
    {
        if (System.Environment.GetEnvironmentVariable(Variable) is { } address)
            new Thread(() => Answer(address)) { IsBackground = true }.Start();
    }

    private static void Answer(string address)
    {
        using var pauses = new Pauses();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(address));
        listener.Listen();
        var question = new byte[1];
        while (true)
        {
            using var asked = listener.Accept();
            asked.Receive(question);
            if (question[0] != 0)
                GC.Collect();
            asked.Send(JsonSerializer.SerializeToUtf8Bytes(
                new RuntimeFacts(
                    GC.GetTotalAllocatedBytes(), GC.CollectionCount(GC.MaxGeneration), GC.GetTotalPauseDuration().TotalSeconds,
                    pauses.TakeLongest().TotalMilliseconds, GC.GetTotalMemory(forceFullCollection: false))));
        }
    }

    /// <summary>The collector's own events say when all stand still, and when they go on.</summary>
    private sealed class Pauses : EventListener
    {
        private const EventKeywords Collections = (EventKeywords)1;
        private const int Restarted = 3;
        private const int Suspending = 9;

        private DateTime _since;
        private long _longest;

        public TimeSpan TakeLongest() => TimeSpan.FromTicks(Interlocked.Exchange(ref _longest, 0));

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
                EnableEvents(eventSource, EventLevel.Informational, Collections);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventId == Suspending)
                _since = eventData.TimeStamp;
            else if (eventData.EventId == Restarted && eventData.TimeStamp - _since is var pause
                && pause.Ticks > Volatile.Read(ref _longest))
                Volatile.Write(ref _longest, pause.Ticks);
        }
    }
}
