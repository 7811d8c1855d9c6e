using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Infrastructure.Tests.Chats.Counts;

public sealed class PackedTotalsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Of each part the total of each day is the newest of the day that is not after the part.</summary>
    [Test]
    public void Create_OfSomeTotals_HasOfEachPartTheNewestOfTheDay()
    {
        var (ends, packed) = PackedTotals.Create(
            Start, [Total(0, 3, chats: 1), Total(0, 95, chats: 300), Total(7, 0, chats: 20_000), Total(31, 40, chats: 5)]);

        Chats(1).Should().Equal(Of((7, 20_000)));
        Chats(3).Should().Equal(Of((7, 20_000)));
        Chats(4).Should().Equal(Of((0, 1), (7, 20_000)));
        Chats(40).Should().Equal(Of((0, 1), (7, 20_000)));
        Chats(41).Should().Equal(Of((0, 1), (7, 20_000), (31, 5)));
        Chats(96).Should().Equal(Of((0, 300), (7, 20_000), (31, 5)));
        ends.Should().HaveCount(97).And.BeInAscendingOrder();
        ends[^1].Should().Be(packed.Length);

        long[] Chats(int part)
        {
            ReadOnlySpan<byte> rest = packed.AsSpan(ends[part - 1]..ends[part]);
            var chats = new long[PackedTotals.Days];
            for (var day = 0; day < chats.Length; day++)
            {
                var total = PackedTotals.ReadTotal(ref rest);
                chats[day] = total.IsEmpty ? 0 : PackedTotals.ReadInteger(ref total);
            }

            rest.IsEmpty.Should().BeTrue();
            return chats;
        }

        static long[] Of(params (int Day, long Chats)[] days)
        {
            var chats = new long[PackedTotals.Days];
            foreach (var (day, ofDay) in days)
                chats[day] = ofDay;
            return chats;
        }
    }

    [TestCase(0)]
    [TestCase(127)]
    [TestCase(128)]
    [TestCase(int.MaxValue)]
    public void Create_AnyNumber_IsRead(int chats)
    {
        var (_, packed) = PackedTotals.Create(Start, [Total(0, 0, chats)]);
        var part = (ReadOnlySpan<byte>)packed;

        var total = PackedTotals.ReadTotal(ref part);

        PackedTotals.ReadInteger(ref total).Should().Be(chats);
    }

    /// <summary>A pack that was damaged gives an error, not wrong numbers.</summary>
    [Test]
    public void ReadTotal_CutOff_Throws()
    {
        var (_, packed) = PackedTotals.Create(Start, [Total(0, 0, 1000)]);

        FluentActions.Invoking(() => Read(packed.AsSpan(0, 3))).Should().Throw<ArgumentOutOfRangeException>();

        static void Read(ReadOnlySpan<byte> part) => PackedTotals.ReadTotal(ref part);
    }

    /// <summary>Without chats that were completed.</summary>
    private static RunningTotal Total(int day, int quarter, int chats) =>
        new() { SlotAt = Start.AddDays(day).AddMinutes(15 * quarter), Chats = chats, Answers = new byte[8] };
}
