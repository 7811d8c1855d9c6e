using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.CSharp;

/// <summary>What may lie between the service and its reader: proxies that cut and join, and servers that end lines otherwise.</summary>
public sealed class FramingTests
{
    private const string Ready = "event: ready\ndata: {}\n\n";
    private const string Ping = "event: ping\ndata:\n\n";

    private static readonly Guid First = Guid.NewGuid();
    private static readonly Guid Second = Guid.NewGuid();

    /// <summary>Characters of one to four bytes.</summary>
    private const string Items = """["é 한글 讃岐うどん 🍜", "\n"]""";

    private static readonly string Both = Event(First) + Ping + Event(Second);

    private static IEnumerable<TestCaseData> Ways()
    {
        yield return Way("lines that end in LF", Ready + Both, int.MaxValue);
        yield return Way("lines that end in CRLF", (Ready + Both).ReplaceLineEndings("\r\n"), int.MaxValue);
        yield return Way("lines that end in CR", (Ready + Both + Ping).ReplaceLineEndings("\r"), int.MaxValue);
        yield return Way("CRLF, a byte at a time", (Ready + Both).ReplaceLineEndings("\r\n"), 1);
        yield return Way("a byte at a time", Ready + Both, 1);
        yield return Way("three bytes at a time", Ready + Both, 3);
        yield return Way("a byte order mark first", "\uFEFF" + Ready + Both, int.MaxValue);
        yield return Way(
            "comments in between",
            $": hello\n{Ready}:\n:{new string('x', 100_000)}\n{Event(First)}: data: {{}}\n\n: event: ready\n{Event(Second)}", int.MaxValue);
        yield return Way("blank lines in between", $"\n\n{Ready}\n\n\n{Event(First)}\n\n{Event(Second)}\n", int.MaxValue);
        yield return Way("no space after the colon", (Ready + Both).Replace(": ", ":", StringComparison.Ordinal), int.MaxValue);
        yield return Way(
            "unknown fields and events",
            $"id: 7\nretry: 100\n{Ready}event: news\ndata: 1\n\nfield\n{Event(First)}retry: soon\n\n{Event(Second)}", int.MaxValue);
        yield return Way(
            "megabytes on one line, in small pieces",
            $"{Ready}{Event(First)}event: news\ndata: {new string('ü', 1 << 20)}\n\n{Event(Second)}", 1 << 12);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task Events_HoweverTheyTravel_ComeOnceInOrderAndWhole(string text, int pieces)
    {
        await using var server = await ServeAsync(async response =>
        {
            foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(pieces))
                await SendAsync(response, piece);
        });

        (await ReadAsync(server, 2)).Should().Equal(First, Second);
    }

    /// <summary>A reader that drops blank lines would wait for what follows, and lose both events for ever.</summary>
    [Test]
    public async Task Event_WithItsBlankLine_IsThereAlthoughNothingFollows()
    {
        var seen = new TaskCompletionSource();
        await using var server = await ServeAsync(async response =>
        {
            await SendAsync(response, Encoding.UTF8.GetBytes(Ready + Event(First)));
            await seen.Task;
            await SendAsync(response, Encoding.UTF8.GetBytes(Event(Second)));
        });

        (await ReadAsync(server, 2, seen.SetResult)).Should().Equal(First, Second);
    }

    [Test]
    public async Task Data_ThatIsNoJson_IsSaid_AndTheStreamComesBack()
    {
        var opened = 0;
        await using var server = await ServeAsync(response =>
            SendAsync(
                response, Encoding.UTF8.GetBytes(Ready + (++opened == 1 ? "event: chat_completed\ndata: {\"profile\n\n" : Event(Second)))));

        (await ReadAsync(server, 1)).Should().Equal(Second);
    }

    private static TestCaseData Way(string name, string text, int pieces) => new TestCaseData(text, pieces).SetArgDisplayNames(name);

    private static string Event(Guid chat) =>
        $$"""
        event: backlist_triggered
        data: {"profile_id":"{{chat}}","chat_id":"{{chat}}","notification_items":{{Items}}}


        """;

    private static async Task SendAsync(HttpResponse response, byte[] bytes)
    {
        await response.Body.WriteAsync(bytes);
        await response.Body.FlushAsync();
    }

    /// <summary>The chats of the first events; each has arrived whole.</summary>
    private static async Task<List<Guid>> ReadAsync(WebApplication server, int count, Action? afterTheFirst = null)
    {
        using var deadline = new CancellationTokenSource(Deadlines.Soon);
        using var client = new SdkChatClient(new SdkChatClientOptions
        {
            BaseAddress = new Uri(server.Urls.Single()),
            Token = _ => ValueTask.FromResult("t"),
            BackoffBase = TimeSpan.FromMilliseconds(1),
        });
        var chats = new List<Guid>();
        await foreach (var seen in client.EventsAsync(deadline.Token))
        {
            if (seen is not BacklistTriggered triggered)
                continue;
            triggered.NotificationItems.Select(item => item.GetString()).Should().Equal("é 한글 讃岐うどん 🍜", "\n");
            chats.Add(triggered.ChatId);
            if (chats.Count == 1)
                afterTheFirst?.Invoke();
            if (chats.Count == count)
                break;
        }

        return chats;
    }

    /// <summary>A service that sends these bytes to each reader, and then nothing.</summary>
    private static async Task<WebApplication> ServeAsync(Func<HttpResponse, Task> send)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await send(context.Response);
            await TestPipeline.NeverAnswerAsync(context);
        });
        await app.StartAsync();
        return app;
    }
}
