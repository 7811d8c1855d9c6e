using System.Collections.Concurrent;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Servers;

/// <summary>
/// What anybody writes first: ASP.NET Core's own server-sent events over a bounded channel a subscriber; and answers from memory.
/// </summary>
internal static class PlainMode
{
    private static readonly Lock Gate = new();
    private static readonly ConcurrentDictionary<int, byte[]> Large = new();
    private static readonly List<Channel<SseItem<byte[]>>> Subscribers = [];

    public static async Task RunAsync(int port)
    {
        Native.RaiseOpenFiles();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.MapGet("/stream", (CancellationToken gone) => TypedResults.ServerSentEvents(SubscribeAsync(gone)));
        app.MapGet(
            "/bytes/{length:int}",
            (int length) => TypedResults.Bytes(Large.GetOrAdd(length, static size => new byte[size]), "application/json"));
        await app.StartAsync();
        Console.Out.WriteLine("up");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            Publish(int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture));
            Console.Out.WriteLine("published");
        }
    }

    private static async IAsyncEnumerable<SseItem<byte[]>> SubscribeAsync([EnumeratorCancellation] CancellationToken gone)
    {
        var channel = Channel.CreateBounded<SseItem<byte[]>>(new BoundedChannelOptions(1000) { SingleReader = true });
        // Its headers leave with the first item.
        yield return new SseItem<byte[]>("{}"u8.ToArray(), "ready");
        lock (Gate)
            Subscribers.Add(channel);
        await foreach (var item in channel.Reader.ReadAllAsync(gone))
            yield return item;
    }

    private static void Publish(int first, int count)
    {
        Channel<SseItem<byte[]>>[] subscribers;
        lock (Gate)
            subscribers = [.. Subscribers];
        for (var i = 0; i < count; i++)
        {
            var item = new SseItem<byte[]>(Encoding.ASCII.GetBytes(Payload.Json(Payload.NewId(first + i))), "chat_completed");
            foreach (var subscriber in subscribers)
                subscriber.Writer.TryWrite(item);
        }
    }
}
