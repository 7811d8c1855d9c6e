using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Common.Exceptions;
using SdkChat.TestSupport;
using Reader = SdkChat.Infrastructure.Storage.BatchReader<int, string>;

namespace SdkChat.Infrastructure.Tests.Storage;

public sealed class BatchReaderTests
{
    private const int MaxKeys = 30;

    private readonly List<Statement> _statements = [];
    private readonly List<Exception> _failures = [];
    private FakeTimeProvider _clock = null!;
    private Reader _reader = null!;

    private int Count
    {
        get
        {
            lock (_statements)
                return _statements.Count;
        }
    }

    [SetUp]
    public void SetUp()
    {
        _statements.Clear();
        _failures.Clear();
        _clock = new FakeTimeProvider();
        _reader = new Reader(
            async (key, cancellationToken) => (await Begin([key], cancellationToken))[0],
            keys => Begin([.. keys], CancellationToken.None),
            _failures.Add,
            MaxKeys,
            _clock);
    }

    [Test]
    public async Task Read_WhileFewRun_BeginsAtOnceWithTheCallersToken()
    {
        using var leaving = new CancellationTokenSource();

        var (one, other) = (_reader.ReadAsync(1, leaving.Token), _reader.ReadAsync(2, leaving.Token));

        _statements.Select(statement => statement.Keys).Should().BeEquivalentTo(new[] { new[] { 1 }, [2] });
        _statements.Should().OnlyContain(statement => statement.Cancellation == leaving.Token);
        EndAll();
        (await Task.WhenAll(one, other)).Should().Equal("1", "2");
    }

    [Test]
    public async Task Read_WhileManyRun_IsReadTogetherWhenOneEnds()
    {
        var running = Fill();
        var waiting = Enumerable.Range(10, 20).Select(key => _reader.ReadAsync(key, default)).ToArray();
        Count.Should().Be(Reader.MaxRunning, "a statement that has begun may not know what is asked for now");

        _statements[0].End();
        await CountAsync(Reader.MaxRunning + 1);

        _statements[^1].Keys.Should().Equal(Enumerable.Range(10, 20));
        EndAll();
        (await Task.WhenAll(waiting)).Should().Equal(Enumerable.Range(10, 20).Select(key => $"{key}"));
        await Task.WhenAll(running);
    }

    [Test]
    public async Task Read_AfterABatchHasBegun_WaitsForTheNext()
    {
        _ = Fill();
        var first = _reader.ReadAsync(10, default);
        _statements[0].End();
        await CountAsync(Reader.MaxRunning + 1);

        var second = _reader.ReadAsync(11, default);
        _statements[^1].End();

        (await first).Should().Be("10");
        await CountAsync(Reader.MaxRunning + 2);
        _statements[^1].Keys.Should().Equal(11);
        _statements[^1].End();
        (await second).Should().Be("11");
    }

    [Test]
    public async Task Read_AsManyAsABatchTakes_BeginsAtOnce()
    {
        _ = Fill();
        var waiting = Enumerable.Range(10, MaxKeys + 1).Select(key => _reader.ReadAsync(key, default)).ToArray();

        await CountAsync(Reader.MaxRunning + 1);

        _statements[^1].Keys.Should().HaveCount(MaxKeys);
        _statements[^1].End();
        (await waiting[0]).Should().Be("10");
        waiting[^1].IsCompleted.Should().BeFalse();
    }

    [Test]
    public async Task Read_BehindStatementsThatDoNotEnd_BeginsSoon()
    {
        _ = Fill();
        var waiting = _reader.ReadAsync(10, default);
        _clock.Advance(Reader.MaxWait - TimeSpan.FromMilliseconds(1));
        Count.Should().Be(Reader.MaxRunning);

        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await CountAsync(Reader.MaxRunning + 1);
        _statements[^1].End();
        (await waiting).Should().Be("10");
    }

    [Test]
    public async Task Read_OfACallerThatLeaves_EndsForTheCallerAlone()
    {
        _ = Fill();
        using var leaving = new CancellationTokenSource();
        var (left, stayed) = (_reader.ReadAsync(10, leaving.Token), _reader.ReadAsync(11, default));

        await leaving.CancelAsync();

        await FluentActions.Awaiting(() => left).Should().ThrowAsync<OperationCanceledException>();
        _statements[0].End();
        await CountAsync(Reader.MaxRunning + 1);
        _statements[^1].End();
        (await stayed).Should().Be("11");
    }

    [Test]
    public async Task Read_ForRecordedCalls_IsInTheTraceOfTheFirstWithLinksToTheOthers()
    {
        using var collector = Collect();
        _ = Fill();
        using var unrecorded = new Activity("unrecorded").Start();
        _ = _reader.ReadAsync(10, default);
        unrecorded.Stop();
        var calls = new[] { 11, 12, 13 }.Select(ReadRecorded).ToArray();

        _statements[0].End();
        await CountAsync(Reader.MaxRunning + 1);

        var trace = _statements[^1].Trace!;
        (trace.TraceId, trace.ParentSpanId).Should().Be((calls[0].TraceId, calls[0].SpanId));
        trace.Links.Select(link => link.Context.SpanId).Should().Equal(calls[1].SpanId, calls[2].SpanId);
        trace.IsStopped.Should().BeFalse("it lasts as long as the statement");
        EndAll();
        await Eventually.TrueAsync(() => Task.FromResult(trace.IsStopped));
    }

    [Test]
    public async Task Read_ForNoRecordedCall_HasNoTrace()
    {
        using var collector = Collect();
        _ = Fill();
        _ = _reader.ReadAsync(10, default);

        _statements[0].End();
        await CountAsync(Reader.MaxRunning + 1);

        _statements[^1].Trace.Should().BeNull();
    }

    [Test]
    public async Task Outage_FailsAllCallersAndIsNotRepeated()
    {
        _ = Fill();
        var waiting = new[] { _reader.ReadAsync(10, default), _reader.ReadAsync(11, default) };
        _statements[0].End();
        await CountAsync(Reader.MaxRunning + 1);

        _statements[^1].Fail(new UnavailableException(new TimeoutException()));

        foreach (var caller in waiting)
            await FluentActions.Awaiting(() => caller).Should().ThrowAsync<UnavailableException>();
        Count.Should().Be(Reader.MaxRunning + 1);
        _failures.Should().BeEmpty("an outage is counted where it is found");
    }

    [Test]
    public async Task KeyThatCannotBeRead_FailsNobodyElse()
    {
        _ = Fill();
        var (one, other) = (_reader.ReadAsync(10, default), _reader.ReadAsync(11, default));
        _statements[0].End();
        await CountAsync(Reader.MaxRunning + 1);

        _statements[^1].Fail(new FormatException("of the row of 10"));

        await CountAsync(Reader.MaxRunning + 2);
        _statements[^1].Fail(new FormatException("of the row of 10"));
        await FluentActions.Awaiting(() => one).Should().ThrowAsync<FormatException>();
        _failures.Should().ContainSingle().Which.Should().BeOfType<FormatException>();
        await CountAsync(Reader.MaxRunning + 3);
        _statements[^1].Keys.Should().Equal(11);
        _statements[^1].End();
        (await other).Should().Be("11");
    }

    [Test]
    public async Task OutageWhileKeysAreReadAlone_FailsTheOthersAtOnce()
    {
        _ = Fill();
        var waiting = new[] { _reader.ReadAsync(10, default), _reader.ReadAsync(11, default), _reader.ReadAsync(12, default) };
        _statements[0].End();
        await CountAsync(Reader.MaxRunning + 1);
        _statements[^1].Fail(new FormatException("of the row of 12"));
        await CountAsync(Reader.MaxRunning + 2);
        _statements[^1].End();
        (await waiting[0]).Should().Be("10");
        await CountAsync(Reader.MaxRunning + 3);

        _statements[^1].Fail(new UnavailableException(new TimeoutException()));

        foreach (var caller in waiting[1..])
            await FluentActions.Awaiting(() => caller).Should().ThrowAsync<UnavailableException>();
        Count.Should().Be(Reader.MaxRunning + 3);
    }

    [Test]
    public async Task Statement_ThatFails_MakesRoomForTheNext()
    {
        var running = Fill();
        var waiting = _reader.ReadAsync(10, default);

        _statements[0].Fail(new UnavailableException(new TimeoutException()));

        await FluentActions.Awaiting(() => running[0]).Should().ThrowAsync<UnavailableException>();
        await CountAsync(Reader.MaxRunning + 1);
        _statements[^1].End();
        (await waiting).Should().Be("10");
    }

    private Activity ReadRecorded(int key)
    {
        using var call = new Activity($"call {key}") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        _ = _reader.ReadAsync(key, default);
        return call;
    }

    /// <summary>As a collector that records what its callers record.</summary>
    private static ActivityListener Collect()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Traces,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>As many statements as run before callers wait.</summary>
    private Task<string>[] Fill() => [.. Enumerable.Range(1, Reader.MaxRunning).Select(key => _reader.ReadAsync(key, default))];

    private Task<string[]> Begin(int[] keys, CancellationToken cancellation)
    {
        var statement = new Statement(keys, Activity.Current, cancellation);
        lock (_statements)
            _statements.Add(statement);
        return statement.Results.Task;
    }

    private void EndAll() => _statements.ForEach(statement => statement.End());

    private Task CountAsync(int count) => Eventually.TrueAsync(() => Task.FromResult(Count == count));

    private sealed record Statement(int[] Keys, Activity? Trace, CancellationToken Cancellation)
    {
        public TaskCompletionSource<string[]> Results { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End() => Results.TrySetResult([.. Keys.Select(key => $"{key}")]);

        public void Fail(Exception exception) => Results.TrySetException(exception);
    }
}
