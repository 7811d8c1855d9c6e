using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

public sealed class IdleGarbageCollectorTests
{
    private readonly IdleGarbageCollector _memory = new(null!, TimeProvider.System);

    [Test]
    public void IsTime_OnceWhenManyHaveComeAndItIsCalm()
    {
        _memory.IsTime(5000, 5000).Should().BeFalse("they are still coming");
        _memory.IsTime(9000, 9000).Should().BeFalse("they are still coming");
        _memory.IsTime(9010, 9010).Should().BeTrue();
        _memory.IsTime(9020, 9020).Should().BeFalse("nothing has happened since");
    }

    [Test]
    public void IsTime_ForTheOrdinaryComingAndGoing_IsRare()
    {
        var memory = new IdleGarbageCollector(null!, TimeProvider.System);
        var collections = Enumerable.Range(1, 1000).Count(second => memory.IsTime(second * 16, 15_000));

        collections.Should().Be(2);
    }
}
