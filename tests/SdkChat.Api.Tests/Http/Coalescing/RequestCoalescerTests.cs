using Microsoft.Extensions.Time.Testing;
using SdkChat.Api.Http.Coalescing;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Http.Coalescing;

public sealed class RequestCoalescerTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly List<Call> _calls = [];
    private FakeTimeProvider _clock = null!;
    private RequestCoalescer<string, int> _coalescer = null!;

    [SetUp]
    public void SetUp()
    {
        _calls.Clear();
        _clock = new FakeTimeProvider();
        _coalescer = new RequestCoalescer<string, int>(
            (key, isShared, cancellation) =>
            {
                var call = new Call(key, isShared, cancellation);
                lock (_calls)
                    _calls.Add(call);
                return call.Answer.Task;
            },
            _clock);
    }

    [Test]
    public async Task Execute_Alone_BeginsAtOnceWithTheCallersToken()
    {
        using var leaving = new CancellationTokenSource();
        var answer = _coalescer.ExecuteAsync("t", leaving.Token);

        _calls.Should().ContainSingle();
        _calls[0].Cancellation.Should().Be(leaving.Token);
        _calls[0].IsShared.Should().BeFalse();
        _calls[0].Answer.SetResult(1);
        (await answer).Should().Be(1);
        await UntilAsync(() => _coalescer.Count == 0);
    }

    [Test]
    public async Task Execute_WhileOneRuns_SharesTheNextOne()
    {
        var first = _coalescer.ExecuteAsync("t", default);
        var others = Enumerable.Range(0, 50).Select(_ => _coalescer.ExecuteAsync("t", default)).ToArray();

        _calls.Should().HaveCount(1, "the result of an execution that has begun may be older than the request");
        _calls[0].Answer.SetResult(1);
        (await first).Should().Be(1);
        await UntilAsync(() => Calls == 2);
        _calls[1].IsShared.Should().BeTrue();
        _calls[1].Answer.SetResult(2);
        (await Task.WhenAll(others)).Should().OnlyContain(answer => answer == 2);
        await UntilAsync(() => _coalescer.Count == 0);
    }

    [Test]
    public async Task Execute_AnotherRequest_IsAnother()
    {
        var one = _coalescer.ExecuteAsync("tenant 1", default);
        var other = _coalescer.ExecuteAsync("tenant 2", default);

        _calls.Select(call => call.Key).Should().Equal("tenant 1", "tenant 2");
        _calls[1].Answer.SetResult(2);
        _calls[0].Answer.SetResult(1);
        (await one, await other).Should().Be((1, 2));
    }

    [Test]
    public async Task Execute_SharedFailure_FailsForItsCallersOnly()
    {
        var first = _coalescer.ExecuteAsync("t", default);
        var shared = new[] { _coalescer.ExecuteAsync("t", default), _coalescer.ExecuteAsync("t", default) };
        _calls[0].Answer.SetResult(1);
        await first;
        await UntilAsync(() => Calls == 2);
        var next = _coalescer.ExecuteAsync("t", default);
        _calls[1].Answer.SetException(new TimeoutException("storage is away"));

        foreach (var answer in shared)
            await answer.Invoking(async failed => await failed).Should().ThrowAsync<TimeoutException>();
        await UntilAsync(() => Calls == 3);
        _calls[2].Answer.SetResult(3);
        (await next).Should().Be(3);
    }

    [Test]
    public async Task Execute_AllCallersLeft_IsCancelled()
    {
        using var leaving = new CancellationTokenSource();
        using var staying = new CancellationTokenSource();
        var first = _coalescer.ExecuteAsync("t", default);
        var (leaves, stays) = (_coalescer.ExecuteAsync("t", leaving.Token), _coalescer.ExecuteAsync("t", staying.Token));
        _calls[0].Answer.SetResult(1);
        await first;
        await UntilAsync(() => Calls == 2);

        await leaving.CancelAsync();
        await leaves.Invoking(async left => await left).Should().ThrowAsync<OperationCanceledException>();
        _calls[1].Cancellation.IsCancellationRequested.Should().BeFalse("one caller still waits");
        await staying.CancelAsync();
        await stays.Invoking(async left => await left).Should().ThrowAsync<OperationCanceledException>();
        _calls[1].Cancellation.IsCancellationRequested.Should().BeTrue();
    }

    [Test]
    public async Task Execute_AllCallersLeftBeforeItBegan_NeverBegins()
    {
        using var leaving = new CancellationTokenSource();
        var first = _coalescer.ExecuteAsync("t", default);
        var left = _coalescer.ExecuteAsync("t", leaving.Token);
        await leaving.CancelAsync();
        await left.Invoking(async answer => await answer).Should().ThrowAsync<OperationCanceledException>();
        _calls[0].Answer.SetResult(1);
        await first;

        await UntilAsync(() => _coalescer.Count == 0);
        Calls.Should().Be(1);
    }

    [Test]
    public async Task Execute_BehindOneThatHangs_BeginsAfterMaxWait()
    {
        var hangs = _coalescer.ExecuteAsync("t", default);
        var next = _coalescer.ExecuteAsync("t", default);
        _clock.Advance(RequestCoalescer<string, int>.MaxWait - Moment);
        Calls.Should().Be(1);
        _clock.Advance(Moment);

        await UntilAsync(() => Calls == 2);
        _calls[1].Answer.SetResult(2);
        (await next).Should().Be(2);
        hangs.IsCompleted.Should().BeFalse();
    }

    [Test]
    public async Task Execute_ByManyThatWrite_IsNeverOlderThanTheRequest()
    {
        const int Writers = 16;
        const int Rounds = 2000;
        var (written, read) = (0, 0);
        var coalescer = new RequestCoalescer<string, int>(
            async (_, _, _) =>
            {
                var seen = Volatile.Read(ref written);
                Interlocked.Increment(ref read);
                await Task.Yield();
                return seen;
            },
            TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                var mine = Interlocked.Increment(ref written);
                (await coalescer.ExecuteAsync("t", default)).Should().BeGreaterThanOrEqualTo(mine);
            }
        })));
        read.Should().BeLessThan(Writers * Rounds, "some were shared");
        await UntilAsync(() => coalescer.Count == 0);
    }

    private int Calls
    {
        get
        {
            lock (_calls)
                return _calls.Count;
        }
    }

    private static Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(() => Task.FromResult(condition()));

    private sealed record Call(string Key, bool IsShared, CancellationToken Cancellation)
    {
        public TaskCompletionSource<int> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
