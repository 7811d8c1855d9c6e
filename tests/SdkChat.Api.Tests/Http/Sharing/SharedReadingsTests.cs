using Microsoft.Extensions.Time.Testing;
using SdkChat.Api.Http.Sharing;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Http.Sharing;

public sealed class SharedReadingsTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly List<Call> _calls = [];
    private FakeTimeProvider _clock = null!;
    private SharedReadings<string, int> _readings = null!;

    [SetUp]
    public void SetUp()
    {
        _calls.Clear();
        _clock = new FakeTimeProvider();
        _readings = new SharedReadings<string, int>(
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
    public async Task Read_Alone_BeginsAtOnceWithTheCallersToken()
    {
        using var leaving = new CancellationTokenSource();
        var answer = _readings.ReadAsync("t", leaving.Token);

        _calls.Should().ContainSingle();
        _calls[0].Cancellation.Should().Be(leaving.Token);
        _calls[0].IsShared.Should().BeFalse();
        _calls[0].Answer.SetResult(1);
        (await answer).Should().Be(1);
        await UntilAsync(() => _readings.Count == 0);
    }

    [Test]
    public async Task Read_WhileOneIsUnderWay_SharesTheNextOne()
    {
        var first = _readings.ReadAsync("t", default);
        var others = Enumerable.Range(0, 50).Select(_ => _readings.ReadAsync("t", default)).ToArray();

        _calls.Should().HaveCount(1, "an answer of a reading that has begun may be older than the question");
        _calls[0].Answer.SetResult(1);
        (await first).Should().Be(1);
        await UntilAsync(() => Calls == 2);
        _calls[1].IsShared.Should().BeTrue();
        _calls[1].Answer.SetResult(2);
        (await Task.WhenAll(others)).Should().OnlyContain(answer => answer == 2);
        await UntilAsync(() => _readings.Count == 0);
    }

    [Test]
    public async Task Read_OfAnotherKey_IsAnother()
    {
        var one = _readings.ReadAsync("tenant 1", default);
        var other = _readings.ReadAsync("tenant 2", default);

        _calls.Select(call => call.Key).Should().Equal("tenant 1", "tenant 2");
        _calls[1].Answer.SetResult(2);
        _calls[0].Answer.SetResult(1);
        (await one, await other).Should().Be((1, 2));
    }

    [Test]
    public async Task Read_ThatFails_FailsForThoseWhoShareItAlone()
    {
        var first = _readings.ReadAsync("t", default);
        var shared = new[] { _readings.ReadAsync("t", default), _readings.ReadAsync("t", default) };
        _calls[0].Answer.SetResult(1);
        await first;
        await UntilAsync(() => Calls == 2);
        var next = _readings.ReadAsync("t", default);
        _calls[1].Answer.SetException(new TimeoutException("storage is away"));

        foreach (var answer in shared)
            await answer.Invoking(async failed => await failed).Should().ThrowAsync<TimeoutException>();
        await UntilAsync(() => Calls == 3);
        _calls[2].Answer.SetResult(3);
        (await next).Should().Be(3);
    }

    [Test]
    public async Task Read_ThatAllHaveLeft_IsCancelled()
    {
        using var leaving = new CancellationTokenSource();
        using var staying = new CancellationTokenSource();
        var first = _readings.ReadAsync("t", default);
        var (leaves, stays) = (_readings.ReadAsync("t", leaving.Token), _readings.ReadAsync("t", staying.Token));
        _calls[0].Answer.SetResult(1);
        await first;
        await UntilAsync(() => Calls == 2);

        await leaving.CancelAsync();
        await leaves.Invoking(async left => await left).Should().ThrowAsync<OperationCanceledException>();
        _calls[1].Cancellation.IsCancellationRequested.Should().BeFalse("somebody still waits");
        await staying.CancelAsync();
        await stays.Invoking(async left => await left).Should().ThrowAsync<OperationCanceledException>();
        _calls[1].Cancellation.IsCancellationRequested.Should().BeTrue();
    }

    [Test]
    public async Task Read_ThatAllLeftBeforeItBegan_NeverBegins()
    {
        using var leaving = new CancellationTokenSource();
        var first = _readings.ReadAsync("t", default);
        var left = _readings.ReadAsync("t", leaving.Token);
        await leaving.CancelAsync();
        await left.Invoking(async answer => await answer).Should().ThrowAsync<OperationCanceledException>();
        _calls[0].Answer.SetResult(1);
        await first;

        await UntilAsync(() => _readings.Count == 0);
        Calls.Should().Be(1);
    }

    [Test]
    public async Task Read_BehindOneThatHangs_BeginsAllTheSame()
    {
        var hangs = _readings.ReadAsync("t", default);
        var next = _readings.ReadAsync("t", default);
        _clock.Advance(SharedReadings<string, int>.Patience - Moment);
        Calls.Should().Be(1);
        _clock.Advance(Moment);

        await UntilAsync(() => Calls == 2);
        _calls[1].Answer.SetResult(2);
        (await next).Should().Be(2);
        hangs.IsCompleted.Should().BeFalse();
    }

    [Test]
    public async Task Read_ByManyWhoWrite_IsNeverOlderThanTheQuestion()
    {
        const int Writers = 16;
        const int Rounds = 2000;
        var (written, read) = (0, 0);
        var readings = new SharedReadings<string, int>(
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
                (await readings.ReadAsync("t", default)).Should().BeGreaterThanOrEqualTo(mine);
            }
        })));
        read.Should().BeLessThan(Writers * Rounds, "some were shared");
        await UntilAsync(() => readings.Count == 0);
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
