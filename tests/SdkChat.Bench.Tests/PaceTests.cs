using Microsoft.Extensions.Time.Testing;
using SdkChat.Bench.Measuring;
using SdkChat.TestSupport;

namespace SdkChat.Bench.Tests;

public sealed class PaceTests
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public async Task KeepAsync_NobodyLate_GivesEachWhenItIsDue()
    {
        await using var numbers = Pace.KeepAsync(perSecond: 2, count: 2, default, _clock).GetAsyncEnumerator();
        (await numbers.MoveNextAsync()).Should().BeTrue();

        var next = numbers.MoveNextAsync().AsTask();
        _clock.Advance(TimeSpan.FromMilliseconds(499));
        next.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        (await next.WaitAsync(Deadlines.Soon)).Should().BeTrue();
        numbers.Current.Should().Be(1);
        (await numbers.MoveNextAsync()).Should().BeFalse();
    }

    [Test]
    public async Task KeepAsync_CallerLate_LeavesNoneOutAndMakesUp()
    {
        var numbers = new List<int>();

        await foreach (var number in Pace.KeepAsync(perSecond: 2, count: 5, default, _clock))
        {
            numbers.Add(number);
            if (number == 0)
                _clock.Advance(TimeSpan.FromSeconds(2));
        }

        numbers.Should().Equal(0, 1, 2, 3, 4);
    }
}
