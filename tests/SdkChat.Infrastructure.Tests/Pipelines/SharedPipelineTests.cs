using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Infrastructure.Pipelines;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Pipelines;

/// <summary>How often the pipeline is asked for one run, and who gets which report.</summary>
public sealed class SharedPipelineTests
{
    private static readonly RunPolicy Policy = new(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private FakeTimeProvider _clock = null!;
    private CountedPipeline _inner = null!;
    private SharedPipeline _pipeline = null!;
    private RunTicket _run = null!;

    [SetUp]
    public void SetUp()
    {
        _clock = new FakeTimeProvider(new DateTimeOffset(2026, 4, 23, 5, 28, 8, TimeSpan.Zero));
        _inner = new CountedPipeline();
        _pipeline = Create(Interval);
        _run = Run();
    }

    [TearDown]
    public void TearDown() => _pipeline.Dispose();

    [Test]
    public async Task Ask_WithinTheInterval_GetsTheLastReport()
    {
        var first = await AskAsync();
        _inner.Answer = _ => Task.FromResult<RunReport>(new RunReport.Failed("Out of stock."));
        _clock.Advance(Interval - Moment);
        (await AskAsync()).Should().BeSameAs(first);
        _inner.Asks.Should().Be(1);

        _clock.Advance(Moment);

        (await AskAsync()).Should().BeOfType<RunReport.Failed>();
        _inner.Asks.Should().Be(2);
    }

    [Test]
    public async Task Ask_DuringACall_SharesIt()
    {
        var answer = HoldCalls();
        var polls = Enumerable.Range(0, 10).Select(_ => AskAsync()).ToArray();
        // However long it takes: a second call would not be faster.
        _clock.Advance(Interval * 10);
        var late = AskAsync();

        answer.SetResult(new RunReport.Running());

        (await Task.WhenAll([.. polls, late]).WaitAsync(Deadlines.Soon)).Distinct().Should().ContainSingle();
        _inner.Asks.Should().Be(1);
        await AskAsync();
        _inner.Asks.Should().Be(2, "the interval has passed since the call began");
    }

    [Test]
    public async Task Ask_FirstCallerLeaves_TheOthersGetTheReport()
    {
        var answer = HoldCalls();
        using var leaving = new CancellationTokenSource();
        var (first, second) = (_pipeline.AskAsync(_run, leaving.Token), AskAsync());

        await leaving.CancelAsync();
        await first.Invoking(poll => poll.WaitAsync(Deadlines.Soon)).Should().ThrowAsync<OperationCanceledException>();
        answer.SetResult(new RunReport.Running());

        (await second.WaitAsync(Deadlines.Soon)).Should().BeOfType<RunReport.Running>();
        _inner.Tokens.Should().ContainSingle().Which.IsCancellationRequested.Should().BeFalse();
    }

    [Test]
    public async Task Ask_IntervalOfZero_AsksForEach()
    {
        using var pipeline = Create(TimeSpan.Zero);

        await pipeline.AskAsync(_run, default);
        await pipeline.AskAsync(_run, default);

        _inner.Asks.Should().Be(2);
    }

    [Test]
    public async Task Ask_CallThatFails_IsAskedAgainAfterTheInterval()
    {
        _inner.Answer = _ => Task.FromResult<RunReport>(new RunReport.NoAnswer("HTTP 503"));
        await AskAsync();
        _inner.Answer = _ => Task.FromResult<RunReport>(new RunReport.Running());
        (await AskAsync()).Should().BeOfType<RunReport.NoAnswer>();

        _clock.Advance(Interval);

        (await AskAsync()).Should().BeOfType<RunReport.Running>();
    }

    [Test]
    public async Task Ask_CallThatThrows_IsNotKept()
    {
        _inner.Answer = _ => Task.FromException<RunReport>(new InvalidOperationException("A defect."));
        await FluentActions.Awaiting(AskAsync).Should().ThrowAsync<InvalidOperationException>();
        _inner.Answer = _ => Task.FromResult<RunReport>(new RunReport.Running());

        (await AskAsync()).Should().BeOfType<RunReport.Running>();
    }

    [Test]
    public async Task Ask_AnotherRun_HasItsOwnReport()
    {
        var other = Run();
        _inner.Answer = ticket => Task.FromResult<RunReport>(
            ticket == other ? new RunReport.Failed("Of another tenant.") : new RunReport.Running());

        (await AskAsync()).Should().BeOfType<RunReport.Running>();
        (await _pipeline.AskAsync(other, default)).Should().BeOfType<RunReport.Failed>();
        (await AskAsync()).Should().BeOfType<RunReport.Running>();
    }

    /// <summary>The run may have finished between the report and its time limit.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task Ask_AfterTheTimeLimit_IsNotAnsweredFromBefore(bool isInFlight)
    {
        _clock.Advance(Policy.TimeLimit - Moment);
        if (isInFlight)
            HoldCalls();
        _ = AskAsync();
        _clock.Advance(Moment);
        _inner.Answer = _ => Task.FromResult<RunReport>(new RunReport.Failed("In time."));

        (await AskAsync().WaitAsync(Deadlines.Soon)).Should().BeOfType<RunReport.Failed>();
        await AskAsync();
        _inner.Asks.Should().Be(2, "the report from after the limit is shared again");
    }

    [Test]
    public async Task Ask_AfterAStart_IsNotAnsweredFromBefore()
    {
        _inner.Answer = _ => Task.FromResult<RunReport>(new RunReport.Unknown());
        await AskAsync();
        _inner.Answer = _ => Task.FromResult<RunReport>(new RunReport.Running());

        await _pipeline.StartAsync(new RunRequest(_run, default, new ProfileId(Guid.NewGuid()), RawJson.FromText("{}")), default);

        (await AskAsync()).Should().BeOfType<RunReport.Running>();
    }

    [TestCase(1_000, 1)]
    [TestCase(100_000, 2)]
    public async Task Ask_LargeResult_IsNotKept(int bytes, int asks)
    {
        var items = RawJson.FromText($"[\"{new string('x', bytes)}\"]");
        _inner.Answer = _ =>
            Task.FromResult<RunReport>(new RunReport.Completed(new PipelineResult(RawJson.EmptyArray, items, RawJson.EmptyArray), null));

        await AskAsync();
        await AskAsync();

        _inner.Asks.Should().Be(asks);
    }

    [Test]
    public async Task Ask_MoreRunsThanMayBeKept_AsksForEachOfTheRest()
    {
        for (var n = 0; n < SharedPipeline.MaxRuns; n++)
            await _pipeline.AskAsync(Run(), default);
        await AskAsync();
        await AskAsync();
        (_pipeline.Count, _inner.Asks).Should().Be((SharedPipeline.MaxRuns, SharedPipeline.MaxRuns + 2));

        _clock.Advance(Interval);

        _pipeline.Count.Should().Be(0, "nothing is kept longer than the interval");
        await AskAsync();
        await AskAsync();
        (_pipeline.Count, _inner.Asks).Should().Be((1, SharedPipeline.MaxRuns + 3));
    }

    [Test]
    public async Task Count_CallLongerThanTheInterval_EndsWithIt()
    {
        var answer = HoldCalls();
        var poll = AskAsync();
        _clock.Advance(Interval);
        _pipeline.Count.Should().Be(1);

        answer.SetResult(new RunReport.Running());
        await poll.WaitAsync(Deadlines.Soon);
        _clock.Advance(Interval);

        _pipeline.Count.Should().Be(0);
    }

    [Test]
    public async Task Dispose_CallInFlight_IsCancelled()
    {
        HoldCalls();
        var poll = AskAsync();

        _pipeline.Dispose();

        await poll.Invoking(asked => asked.WaitAsync(Deadlines.Soon)).Should().ThrowAsync<OperationCanceledException>();
    }

    private SharedPipeline Create(TimeSpan interval) =>
        new(() => _inner, Options.Create(new PipelineOptions { AskIntervalSeconds = interval.TotalSeconds }), Policy, _clock);

    private RunTicket Run() => new(new ChatId(Guid.CreateVersion7()), _clock.GetUtcNow(), "ko", "Dinner?");

    private Task<RunReport> AskAsync() => _pipeline.AskAsync(_run, default);

    /// <summary>The call ends with the result, or with its token.</summary>
    private TaskCompletionSource<RunReport> HoldCalls()
    {
        var answer = new TaskCompletionSource<RunReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        _inner.Answer = _ => answer.Task;
        return answer;
    }

    private sealed class CountedPipeline : IPipeline
    {
        public int Asks { get; private set; }

        public List<CancellationToken> Tokens { get; } = [];

        public Func<RunTicket, Task<RunReport>> Answer { get; set; } = _ => Task.FromResult<RunReport>(new RunReport.Running());

        public Task<RunReport> StartAsync(RunRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<RunReport>(new RunReport.Running());

        public Task<RunReport> AskAsync(RunTicket ticket, CancellationToken cancellationToken)
        {
            Asks++;
            Tokens.Add(cancellationToken);
            return Answer(ticket).WaitAsync(cancellationToken);
        }
    }
}
