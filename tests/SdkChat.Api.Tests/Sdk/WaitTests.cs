using System.Diagnostics.Metrics;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Api.Tests.Support;
using SdkChat.Application.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary><c>Prefer: wait</c> on the three reads of a chat (docs/api.md).</summary>
public sealed class WaitTests : SdkFixture
{
    private readonly MeterListener _meters = new();
    private int _waits;

    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Live:MaxWaitsPerTenant"] = "2" };

    [OneTimeSetUp]
    public void CountWaits()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "sdkchat.waits.open")
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<int>((_, measured, _, _) => _waits += measured);
        _meters.Start();
    }

    [OneTimeTearDown]
    public void StopCounting() => _meters.Dispose();

    [Test]
    public async Task Wait_OfEveryDoor_EndsWhenTheChatCompletesOnAnotherNode()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        var doors = new[]
        {
            await ReadAsync(Detail(chat), Node.TenantToken(Demo)), await ReadAsync(Admin(chat), Node.BackofficeToken()),
        };
        var waits = doors.Select(door => WaitAsync(door, 30)).ToArray();
        await WaitingAsync(2);

        Pipeline.Answer = _ => TestPipeline.Completed("[1]");
        await DataAsync("GET", Chat(profile, chat), node: OtherNode);

        foreach (var wait in waits)
        {
            using var response = await EndOfAsync(wait);
            response.Header("Preference-Applied").Should().Be("wait=30");
            response.Header("ETag").Should().StartWith("W/\"");
            (await response.DataAsync()).GetProperty("status").GetString().Should().Be("completed");
        }
    }

    [Test]
    public async Task Wait_OfAChatThatFails_Ends()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        var wait = WaitAsync(await ReadAsync(Detail(chat), Node.TenantToken(Demo)), 30);
        await WaitingAsync(1);

        Pipeline.Answer = _ => """{"status":"error","error":"No stock."}""";
        await DataAsync("GET", Chat(profile, chat), node: OtherNode);

        using var response = await EndOfAsync(wait);
        (await response.DataAsync()).GetProperty("last_error").GetString().Should().Be("No stock.");
    }

    /// <summary>There is no other poll, and the sweep takes ten seconds: the waiting poll asks the pipeline itself.</summary>
    [Test]
    public async Task Poll_ThatWaits_CompletesTheChatItself()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        var wait = WaitAsync(await ReadAsync(Chat(profile, chat)), 30);
        await WaitingAsync(1);

        Pipeline.Answer = _ => TestPipeline.Completed("[1.0E2]");

        using var response = await EndOfAsync(wait);
        var body = await response.Content.ReadAsStringAsync();
        body.Should().Contain("\"todos\":[1.0E2]").And.Be(await (await SendAsync("GET", Chat(profile, chat))).Content.ReadAsStringAsync());
        (await EventsAsync(chat, "chat_completed")).Should().Be(1);
    }

    [Test]
    public async Task Wait_OfAChatThatDoesNotChange_Is304AfterItsTime()
    {
        var profile = await ProfileAsync();
        var read = await ReadAsync(Chat(profile, await ChatAsync(profile)));
        var started = TimeProvider.System.GetTimestamp();

        using var response = await WaitAsync(read, 1);

        response.StatusCode.Should().Be(System.Net.HttpStatusCode.NotModified);
        response.Header("Preference-Applied").Should().Be("wait=1");
        TimeProvider.System.GetElapsedTime(started).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(990));
    }

    [Test]
    public async Task Wait_WithAnotherTag_IsAnsweredAtOnce()
    {
        var profile = await ProfileAsync();
        var read = await ReadAsync(Chat(profile, await ChatAsync(profile)));

        using var response = await WaitAsync(read with { Tag = "W/\"other\"" }, 86_400);

        response.Header("Preference-Applied").Should().Be("wait=30");
        response.Header("ETag").Should().Be(read.Tag);
    }

    [TestCase(null)]
    [TestCase("wait")]
    [TestCase("wait=-1")]
    [TestCase("return=minimal, ;;")]
    public async Task Poll_WithoutAValidPreference_IsTheFrozenOne(string? prefer)
    {
        var profile = await ProfileAsync();
        var read = await ReadAsync(Chat(profile, await ChatAsync(profile)));

        using var response = await SendAsync(read with { Tag = "*" }, prefer);

        response.StatusCode.Should().Be(System.Net.HttpStatusCode.OK);
        response.Header("ETag").Should().BeNull();
        response.Header("Preference-Applied").Should().BeNull();
    }

    [Test]
    public async Task Wait_BeyondTheLimitOfATenant_Is304AtOnce()
    {
        var profile = await ProfileAsync();
        var read = await ReadAsync(Chat(profile, await ChatAsync(profile)));
        var waits = new[] { WaitAsync(read, 30), WaitAsync(read, 30) };
        await WaitingAsync(2);

        using (var third = await WaitAsync(read, 30))
        {
            third.StatusCode.Should().Be(System.Net.HttpStatusCode.NotModified);
            third.Header("Preference-Applied").Should().BeNull();
            third.Header("ETag").Should().Be(read.Tag);
        }

        await DataAsync("DELETE", read.Path);
        foreach (var wait in waits)
            (await (await wait).DataAsync()).GetProperty("status").GetString().Should().Be("ended");
    }

    [Test]
    public async Task Wait_OnANodeThatStops_Is304WithoutItsTime()
    {
        var profile = await ProfileAsync();
        await using var node = await StartNodeAsync();
        var read = await ReadAsync(Chat(profile, await ChatAsync(profile)));
        var wait = WaitAsync(read, 30, node);
        await WaitingAsync(1);

        await node.StopAsync().WaitAsync(Deadlines.BelowHostLimit);

        using var response = await wait;
        response.StatusCode.Should().Be(System.Net.HttpStatusCode.NotModified);
        response.Header("Preference-Applied").Should().BeNull();
    }

    [Test]
    public async Task Wait_OfAKeyThatIsRevoked_Is401()
    {
        var key = await SendCommandAsync(new CreateApiKeyCommand("demo"));
        var profile = await ProfileAsync();
        var wait = WaitAsync(await ReadAsync(Chat(profile, await ChatAsync(profile))) with { Key = key.Key.Secret }, 30);
        await WaitingAsync(1);

        await SendCommandAsync(new RevokeApiKeyCommand(key.Key.Prefix));

        using var response = await EndOfAsync(wait);
        response.StatusCode.Should().Be(System.Net.HttpStatusCode.Unauthorized);
        response.Header("WWW-Authenticate").Should().Be("ApiKey, Bearer");
        (await response.FailureCodeAsync()).Should().Be("UNAUTHENTICATED");
    }

    [Test]
    public async Task Wait_OfATenantThatIsDisabled_Is403()
    {
        var tenant = await Rows.TenantAsync("soon-closed");
        var chat = await Rows.ChatAsync(tenant, await Rows.ProfileAsync(tenant));
        var wait = WaitAsync(await ReadAsync(Detail(chat), Node.TenantToken(tenant)), 30);
        await WaitingAsync(1);

        await SendCommandAsync(new SetTenantEnabledCommand("soon-closed", Enabled: false));

        using var response = await wait;
        ((int)response.StatusCode, await response.FailureCodeAsync()).Should().Be((403, "TENANT_DISABLED"));
    }

    /// <summary>Before the thirty seconds are over, after which the chat is read again in any case.</summary>
    private static Task<HttpResponseMessage> EndOfAsync(Task<HttpResponseMessage> wait) => wait.WaitAsync(Deadlines.BelowHostLimit);

    private static string Detail(Guid chat) => $"/api/v1/sdk-chat/{chat}";

    private static string Admin(Guid chat) => $"/api/v1/admin/sdk-chat/{chat}";

    private async Task<Read> ReadAsync(string path, string? token = null)
    {
        using var response = await SendAsync(new Read(path, token, Tag: null, token is null ? DemoKey : null), "wait=0");
        await response.DataAsync();
        return new Read(path, token, response.Header("ETag"), token is null ? DemoKey : null);
    }

    private Task<HttpResponseMessage> WaitAsync(Read read, int seconds, TestApi? node = null) => SendAsync(read, $"wait={seconds}", node);

    private async Task<HttpResponseMessage> SendAsync(Read read, string? prefer, TestApi? node = null)
    {
        (string, string)[] headers = [.. Header("If-None-Match", read.Tag), .. Header("X-API-KEY", read.Key), .. Header("Prefer", prefer)];
        return await (node ?? Node).Client.SendAsync(ApiCalls.Request(read.Path, token: read.Token, headers: headers));
    }

    private static IEnumerable<(string, string)> Header(string name, string? value) => value is null ? [] : [(name, value)];

    /// <summary>Until as many requests wait, on all nodes of this process.</summary>
    private Task WaitingAsync(int waits) => Eventually.TrueAsync(() =>
    {
        _waits = 0;
        _meters.RecordObservableInstruments();
        return _waits == waits;
    });

    private async Task<T> SendCommandAsync<T>(IRequest<T> command)
    {
        await using var scope = Node.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command);
    }

    private sealed record Read(string Path, string? Token, string? Tag, string? Key);
}
