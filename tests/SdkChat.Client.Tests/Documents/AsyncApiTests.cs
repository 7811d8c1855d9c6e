using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.RegularExpressions;
using SdkChat.Client.Tests.Support;
using SdkChat.TestSupport;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Client.Tests.Documents;

/// <summary>The AsyncAPI document: well-formed to the official parser, and what a stream really says.</summary>
public sealed partial class AsyncApiTests
{
    private static readonly string File = Repository.Path("docs/asyncapi.yaml");

    private NodeFolder _lint = null!;
    private JsonElement _payloads;

    [OneTimeSetUp]
    public async Task ParseAsync()
    {
        _lint = await NodeFolder.PrepareAsync("docs/lint");
        var (code, output) = await _lint.RunAsync("node", "asyncapi.mjs", File);
        code.Should().Be(0, output);
        _payloads = JsonDocument.Parse(output).RootElement;
    }

    [Test]
    public async Task Parser_OfAFaultyDocument_Refuses()
    {
        var faulty = Path.Combine(_lint.Folder, "faulty.yaml");
        await System.IO.File.WriteAllTextAsync(
            faulty, (await System.IO.File.ReadAllTextAsync(File)).Replace("action: send", "action: shout", StringComparison.Ordinal));

        var (code, _) = await _lint.RunAsync("node", "asyncapi.mjs", faulty);

        code.Should().NotBe(0);
    }

    [Test]
    public async Task Stream_SaysWhatTheDocumentSays_AndNothingElse()
    {
        await using var shop = await Shop.OpenAsync();
        var seen = new Dictionary<string, string>();
        using var deadline = new CancellationTokenSource(Deadlines.Soon);
        await foreach (var item in EventsAsync(shop, deadline.Token))
        {
            if (item.EventType == "ready")
            {
                foreach (var kind in new[] { "chat_started", "chat_completed", "chat_failed", "chat_ended" })
                    await shop.EventAsync(kind);
                await shop.EventAsync("backlist_triggered", """[{"id":"n1","message":"한글 \u2028"},1.0E2,null]""");
            }

            seen[item.EventType] = item.Data;
            if (seen.Count == _payloads.EnumerateObject().Count())
                break;
        }

        seen.Keys.Should().BeEquivalentTo(_payloads.EnumerateObject().Select(message => message.Name));
        foreach (var (name, data) in seen)
            new SchemaCheck(_payloads).Errors(_payloads.GetProperty(name), Payload(data)).Should().BeEmpty(name);
    }

    /// <summary>Everything that ever leaves on a stream is made in one place. The probe of a node leaves on none.</summary>
    [Test]
    public async Task Frames_InTheSources_HaveTheDocumentsNames()
    {
        var frames = await System.IO.File.ReadAllTextAsync(Repository.Path("src/SdkChat.Infrastructure/Live/Sse/SseFrameFactory.cs"));

        EventName().Matches(frames).Select(match => match.Groups[1].Value)
            .Should().BeEquivalentTo([.. _payloads.EnumerateObject().Select(message => message.Name), "probe"]);
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        Shop shop, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var client = shop.Api.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shop.Token);
        await using var body = await client.GetStreamAsync(
            new Uri(
                "/api/v1/sdk-chat/events/stream?events=chat_started,chat_completed,chat_failed,chat_ended,backlist_triggered",
                UriKind.Relative),
            cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
            yield return item;
    }

    /// <summary>A ping's is the empty text, which is no JSON.</summary>
    private static JsonElement Payload(string data) => JsonDocument.Parse(data.Length == 0 ? "\"\"" : data).RootElement;

    [GeneratedRegex(@"event: (\w+)\\n")]
    private static partial Regex EventName();
}
