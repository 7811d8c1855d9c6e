using System.Collections.Concurrent;
using System.Diagnostics;
using SdkChat.Api.Tests.Live;
using SdkChat.Api.Tests.Sdk;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Telemetry;

/// <summary>One trace, from the shopper's poll on one node to the readers' sockets on two.</summary>
public sealed class TraceTests : SdkFixture
{
    private const string Caller = "00f067aa0ba902b7";

    private readonly ConcurrentQueue<Activity> _ended = new();

    [Test]
    public async Task Event_OfARecordedCall_GoesOnWithItsTraceOnEveryNodeThatShowsIt()
    {
        using var listener = Listen();
        var trace = ActivityTraceId.CreateRandom();
        var (profile, chat) = await FinishedAsync();
        await using var here = await LiveReader.OpenAsync(Node, Demo);
        await using var there = await LiveReader.OpenAsync(OtherNode, Demo);

        await PollAsync(profile, chat, $"00-{trace}-{Caller}-01");
        await here.NextAsync();
        await there.NextAsync();

        await Eventually.TrueAsync(() => Task.FromResult(
            _ended.Count(activity => activity.TraceId == trace && activity.OperationName == "deliver ChatCompleted") == 2));
        var call = _ended.Single(activity => activity.TraceId == trace && activity.ParentSpanId.ToString() == Caller);
        _ended.Where(activity => activity.OperationName == "deliver ChatCompleted" && activity.TraceId == trace)
            .Should().OnlyContain(activity => activity.ParentSpanId == call.SpanId && activity.Kind == ActivityKind.Consumer);
    }

    [Test]
    public async Task Event_OfACallThatNobodyRecords_CarriesNothing()
    {
        using var listener = Listen();
        var (profile, chat) = await FinishedAsync();

        await PollAsync(profile, chat, $"00-{ActivityTraceId.CreateRandom()}-{Caller}-00");

        (await Rows.ScalarAsync<long>(
            "select count(*) from chat_event where chat_id = @chat and kind = 'chat_completed' and traceparent is null", new { chat }))
            .Should().Be(1);
    }

    private async Task<(Guid Profile, Guid Chat)> FinishedAsync()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        Pipeline.Answer = _ => TestPipeline.Completed();
        return (profile, chat);
    }

    private async Task PollAsync(Guid profile, Guid chat, string traceparent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Chat(profile, chat));
        request.Headers.TryAddWithoutValidation("X-API-KEY", DemoKey);
        request.Headers.TryAddWithoutValidation("traceparent", traceparent);
        using var response = await Node.Client.SendAsync(request);
        response.IsSuccessStatusCode.Should().BeTrue();
    }

    /// <summary>
    /// As a collector would: only what the caller wants recorded. Other tests run at the same time, and send no such calls.
    /// </summary>
    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "SdkChat" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
