using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Client.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.CSharp;

/// <summary>The .NET client against the real service.</summary>
public sealed class ClientTests
{
    private Shop _shop = null!;
    private CancellationTokenSource _patience = null!;
    private string? _token;

    [SetUp]
    public async Task OpenAsync()
    {
        _shop = await Shop.OpenAsync(("Live:MaxStreamsPerTenant", "1"));
        _patience = new CancellationTokenSource(Deadlines.Soon);
        _token = _shop.Token;
    }

    [TearDown]
    public async Task CloseAsync()
    {
        _patience.Dispose();
        await _shop.DisposeAsync();
    }

    [Test]
    public async Task Events_AcrossARestart_GoOn_AndSayThatThereWasAGap()
    {
        using var client = Client();
        await using var events = client.EventsAsync(_patience.Token).GetAsyncEnumerator();

        (await NextAsync(events)).Should().Be(new StreamReady(AfterGap: false));
        await _shop.EventAsync("chat_completed");
        (await NextAsync(events)).Should().Be(new ChatCompleted(_shop.Profile, _shop.Chat));

        await _shop.StopAsync();
        (await NextAsync(events)).Should().BeOfType<StreamBroken>();
        await _shop.StartAsync();

        (await NextAsync(events, skip: typeof(StreamBroken))).Should().Be(new StreamReady(AfterGap: true));
        await _shop.EventAsync("backlist_triggered", """[{"id":"n1","n":1.0E2}]""");
        var triggered = (await NextAsync(events)).Should().BeOfType<BacklistTriggered>().Subject;
        triggered.ChatId.Should().Be(_shop.Chat);
        triggered.NotificationItems.Should().ContainSingle().Which.GetRawText().Should().Be("""{"id":"n1","n":1.0E2}""");
    }

    [Test]
    public async Task Watch_KindsOfOneProfile_BringsThemAlone()
    {
        using var client = Client();
        await using var events = client.WatchAsync(SdkChatEventKinds.All & ~SdkChatEventKinds.ChatCompleted, _shop.Profile, _patience.Token)
            .GetAsyncEnumerator();

        (await NextAsync(events)).Should().Be(new StreamReady(AfterGap: false));
        await _shop.Rows.EventAsync(_shop.Tenant, Guid.NewGuid(), _shop.Chat, "chat_started");
        foreach (var kind in new[] { "chat_started", "chat_completed", "chat_failed", "chat_ended" })
            await _shop.EventAsync(kind);

        (await NextAsync(events)).Should().Be(new ChatStarted(_shop.Profile, _shop.Chat));
        (await NextAsync(events)).Should().Be(new ChatFailed(_shop.Profile, _shop.Chat, null));
        (await NextAsync(events)).Should().Be(new ChatEnded(_shop.Profile, _shop.Chat));
    }

    [TestCase(SdkChatEventKinds.None)]
    [TestCase((SdkChatEventKinds)64)]
    public void Watch_NoKindOrAnUnknownOne_IsRefused(SdkChatEventKinds kinds)
    {
        using var client = Client();

        FluentActions.Invoking(() => client.WatchAsync(kinds)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public async Task Events_RefusedForTheToken_ComeBackWithAGoodOne()
    {
        _token = "not-a-token";
        using var client = Client();
        await using var events = client.EventsAsync(_patience.Token).GetAsyncEnumerator();

        Refusal(await NextAsync(events)).Should().Be((HttpStatusCode.Unauthorized, "UNAUTHENTICATED"));
        _token = _shop.Api.TenantToken(_shop.Tenant, role: "viewer");
        Refusal(await NextAsync(events)).Should().Be((HttpStatusCode.Forbidden, "FORBIDDEN"));
        _token = _shop.Token;
        (await NextAsync(events)).Should().Be(new StreamReady(AfterGap: false));
    }

    [Test]
    public async Task Events_OneStreamTooMany_WaitAsLongAsTheyWereTold()
    {
        using var client = Client();
        await using var events = client.EventsAsync(_patience.Token).GetAsyncEnumerator();
        await NextAsync(events);
        await using var tooMany = client.EventsAsync(_patience.Token).GetAsyncEnumerator();

        var broken = (StreamBroken)await NextAsync(tooMany);
        Refusal(broken).Should().Be((HttpStatusCode.TooManyRequests, "TOO_MANY_STREAMS"));
        broken.RetryIn.Should().BeCloseTo(TimeSpan.FromSeconds(30 * 1.125), TimeSpan.FromSeconds(30 * 0.125));
    }

    [Test]
    public async Task Events_AfterAMinuteOfSilence_AreOpenedAnew()
    {
        var clock = new FakeTimeProvider();
        await using var silent = await SilentAsync();
        using var client = new SdkChatClient(Options(new Uri(silent.Urls.Single())) with { Clock = clock });
        await using var events = client.EventsAsync(_patience.Token).GetAsyncEnumerator();
        (await NextAsync(events)).Should().Be(new StreamReady(AfterGap: false));

        var next = NextAsync(events);
        clock.Advance(TimeSpan.FromSeconds(59.9));
        next.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.1));

        var broken = (await next).Should().BeOfType<StreamBroken>().Subject;
        broken.Reason.Should().BeOfType<TimeoutException>();
        var again = NextAsync(events);
        clock.Advance(broken.RetryIn);
        (await again).Should().Be(new StreamReady(AfterGap: true));
    }

    [Test]
    public async Task Events_Cancelled_End()
    {
        using var client = Client();
        using var enough = new CancellationTokenSource();
        await using var events = client.EventsAsync(enough.Token).GetAsyncEnumerator();
        await NextAsync(events);
        await enough.CancelAsync();

        var next = () => NextAsync(events);

        await next.Should().ThrowAsync<OperationCanceledException>();
    }

    [Test]
    public async Task History_IsListed_Walked_AndRead()
    {
        using var client = Client();
        for (var n = 0; n < 101; n++)
            await _shop.AddChatAsync();

        var page = await client.ListChatsAsync(_shop.Profile, page: 1, size: 100);
        var walked = await ToListAsync(client.ChatsAsync());
        var detail = await client.GetChatAsync(_shop.Chat);

        (page.Total, page.Page, page.Size, page.Items.Count).Should().Be((102, 1, 100, 2));
        walked.Select(chat => chat.ChatId).Should().OnlyHaveUniqueItems().And.HaveCount(102);
        walked[0].Should().BeEquivalentTo(
            new
            {
                TenantId = (Guid?)null, Status = ChatStatus.Completed, ProfileSummary = new ProfileSummary("Kim Minji", null, 32, "ko"),
            });
        detail.Should().BeEquivalentTo(
            new { _shop.Profile, Prompt = "Dinner ideas?", BackListStatus = "not_started" }, same => same.Excluding(chat => chat.Profile));
        detail.NotificationItems.Should().BeEmpty();
    }

    [Test]
    public async Task History_OfAllTenants_NeedsABackofficeToken()
    {
        using var client = Client();
        var refused = () => client.ListAllChatsAsync();
        (await refused.Should().ThrowAsync<SdkChatException>())
            .Which.Should().BeEquivalentTo(new { Status = HttpStatusCode.Unauthorized, Code = "UNAUTHENTICATED" });

        _token = _shop.Api.BackofficeToken();
        (await client.ListAllChatsAsync(_shop.Tenant)).Items.Should().ContainSingle().Which.TenantId.Should().Be(_shop.Tenant);
        (await client.GetAnyChatAsync(_shop.Chat)).ProfileId.Should().Be(_shop.Profile);
    }

    [Test]
    public async Task Refusal_OfAChatThatIsNotThere_SaysWhich()
    {
        using var client = Client();
        var asked = () => client.GetChatAsync(Guid.NewGuid());

        var refusal = (await asked.Should().ThrowAsync<SdkChatException>()).Which;

        (refusal.Status, refusal.Code, refusal.RequestId is null).Should().Be((HttpStatusCode.NotFound, "CHAT_NOT_FOUND", false));
    }

    private SdkChatClient Client() => new(Options(_shop.Address));

    private SdkChatClientOptions Options(Uri address) => new()
    {
        BaseAddress = address,
        Token = _ => ValueTask.FromResult(_token!),
        BackoffBase = TimeSpan.FromMilliseconds(100),
        BackoffMax = TimeSpan.FromMilliseconds(400),
    };

    private static async Task<SdkChatEvent> NextAsync(IAsyncEnumerator<SdkChatEvent> events, Type? skip = null)
    {
        do
        {
            (await events.MoveNextAsync()).Should().BeTrue("it goes on");
        }
        while (events.Current.GetType() == skip);
        return events.Current;
    }

    private static (HttpStatusCode Status, string? Code) Refusal(SdkChatEvent told) =>
        told is StreamBroken { Reason: SdkChatException refusal }
            ? (refusal.Status, refusal.Code)
            : throw new InvalidOperationException($"{told} is no refusal.");

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
            list.Add(item);
        return list;
    }

    /// <summary>A service that says <c>ready</c> and never anything again, as behind a connection that died unnoticed.</summary>
    private static async Task<WebApplication> SilentAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("event: ready\ndata: {}\n\n");
            await context.Response.Body.FlushAsync();
            await TestPipeline.NeverAnswerAsync(context);
        });
        await app.StartAsync();
        return app;
    }
}
