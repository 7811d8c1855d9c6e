using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

/// <summary>The stream to the byte.</summary>
public sealed class SseFramesTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\r\n" };
    private static readonly ProfileId Profile = new(Guid.Parse("0196613A-0000-7000-8000-00000000000A"));
    private static readonly ChatId Chat = new(Guid.Parse("0196613B-0000-7000-8000-00000000000B"));

    /// <summary>What tenants' apps have sent, and what they might. Backslashes stand as they travel.</summary>
    private static readonly string[] NastyItems =
    [
        "[]",
        """[{"text":"line\nline\r\n\ttab \"quoted\" \\ back"}]""",
        "[\"\u2028 and \u2029\",\"\u0085\",\"😀 안녕 こんにちは\"]",
        """["\u0000","\ud800","\udfff\ud800","\u2028"]""",
        "[1.0E2,12345678901234567890,1e400,-0,0.10000000000000000000001]",
        """[{"a":1,"a":2},{"":null},[[[[]]]],true,false]""",
        "[\"" + new string('x', 60_000) + "\"]",
        """["data: x","event: ping","id: 1","retry: 1",": comment"]""",
    ];

    [Test]
    public void RetryAndReady_IsABlockOfRetryAndTheEvent() =>
        Text(SseFrameFactory.RetryAndReady(2345)).Should().Be("retry: 2345\n\nevent: ready\ndata: {}\n\n");

    [Test]
    public void Retry_StandsAlone() => Text(SseFrameFactory.Retry(2345)).Should().Be("retry: 2345\n\n");

    [Test]
    public void Ping_HasAnEmptyDataLine() => Text(SseFrameFactory.Ping).Should().Be("event: ping\ndata:\n\n");

    [Test]
    public void ChatCompleted_CarriesTheTwoIds() => Text(SseFrameFactory.ChatCompleted(Profile, Chat)).Should().Be(
        "event: chat_completed\n" +
        "data: {\"profile_id\":\"0196613a-0000-7000-8000-00000000000a\",\"chat_id\":\"0196613b-0000-7000-8000-00000000000b\"}\n\n");

    [TestCaseSource(nameof(NastyItems))]
    public void BacklistTriggered_AnyItems_AreSentToTheByte(string items) =>
        Text(SseFrameFactory.BacklistTriggered(Profile, Chat, RawJson.FromText(items))).Should().Be(
            "event: backlist_triggered\n" +
            "data: {\"profile_id\":\"0196613a-0000-7000-8000-00000000000a\",\"chat_id\":\"0196613b-0000-7000-8000-00000000000b\"," +
            $"\"notification_items\":{items}}}\n\n");

    [TestCase("[\n1,\n2\n]", "[ 1, 2 ]")]
    [TestCase("[\r\n\t1.0E2,\r2]", "[  \t1.0E2, 2]")]
    public void BacklistTriggered_LineEndsBetweenValues_BecomeSpaces(string items, string sent) =>
        Text(SseFrameFactory.BacklistTriggered(Profile, Chat, RawJson.FromText(items)))
            .Should().EndWith($"\"notification_items\":{sent}}}\n\n");

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property BacklistTriggered_AnyDocument_IsOneEventWithEveryValue(string?[] texts, bool isIndented)
    {
        var items = JsonSerializer.Serialize(texts, isIndented ? Indented : JsonSerializerOptions.Default);
        var frame = SseFrameFactory.BacklistTriggered(Profile, Chat, RawJson.FromText(items));

        var parsed = SseParser.Create(new MemoryStream(frame.ToArray())).Enumerate().ToArray();
        var read = JsonDocument.Parse(parsed[0].Data).RootElement.GetProperty("notification_items").EnumerateArray()
            .Select(item => item.GetRawText());
        var sent = JsonDocument.Parse(items).RootElement.EnumerateArray().Select(item => item.GetRawText());
        return (parsed.Length == 1 && parsed[0].EventType == "backlist_triggered" && read.SequenceEqual(sent)).ToProperty();
    }

    private static string Text(SseFrame frame) => Encoding.UTF8.GetString(frame.Span);
}
