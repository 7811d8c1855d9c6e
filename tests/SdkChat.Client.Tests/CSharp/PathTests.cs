using SdkChat.Client.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.CSharp;

/// <summary>The .NET client and a service below a path of its host.</summary>
public sealed class PathTests
{
    private Shop _shop = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => _shop = await Shop.OpenAsync(("Proxies:PathBase", "/chat"));

    [OneTimeTearDown]
    public async Task CloseAsync() => await _shop.DisposeAsync();

    /// <summary>More chats than a page has: the second page is a link, into which the service writes its path.</summary>
    [TestCase("/chat")]
    [TestCase("/chat/")]
    public async Task Address_WithAPath_IsThatOfCallsLinksAndStreams(string path)
    {
        using var patience = new CancellationTokenSource(Deadlines.Soon);
        using var client = new SdkChatClient(new() { BaseAddress = new Uri(_shop.Address, path), Token = _ => new(_shop.Token) });
        for (var chats = (await client.CountChatsAsync()).Total; chats < 101; chats++)
            await _shop.AddChatAsync();

        var walked = 0;
        await foreach (var _ in client.ChatsAsync(cancellationToken: patience.Token))
            walked++;
        await using var events = client.EventsAsync(patience.Token).GetAsyncEnumerator();
        (await events.MoveNextAsync()).Should().BeTrue();

        walked.Should().Be(101);
        events.Current.Should().Be(new StreamReady(AfterGap: false));
    }
}
