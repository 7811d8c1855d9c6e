using System.Buffers.Binary;
using System.Text;
using SdkChat.Application.Chats;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Chats.Statistics;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

public sealed class TextSumsTests
{
    [Test]
    public void Items_OfSeveralPacks_AreTheSumLessWhatIsTakenAway()
    {
        var texts = new TextSums().Add(TextSums.Pack, Pack(('i', "Tea", 3), ('i', "Udon", 9), ('e', "timeout", 1)))
            .Add(TextSums.Pack, Pack(('i', "Tea", 4)))
            .Add(TextSums.PackTakenAway, Pack(('i', "Udon", 4), ('e', "timeout", 1)));

        texts.Items.Should().Equal(new TextCount("Tea", 7), new TextCount("Udon", 5));
        texts.Errors.Should().BeEmpty();
    }

    /// <summary>As PostgreSQL orders them: by bytes, and not as UTF-16, where the cup comes before the wide letter.</summary>
    [Test]
    public void Items_WithTheSameCount_AreInTheOrderOfTheirBytes() =>
        new TextSums().Add(TextSums.Pack, Pack(('i', "🍵", 1), ('i', "a", 1), ('i', "Ａ", 1), ('i', "Z", 1))).Items.Select(item => item.Text)
            .Should().Equal("Z", "a", "Ａ", "🍵");

    [Test]
    public void Items_More_AreCutAtTwenty()
    {
        var pack = Pack([.. Enumerable.Range(1, 30).Select(n => ('i', $"item {n:00}", n))]);

        new TextSums().Add(TextSums.Pack, pack)
            .Items.Should().Equal(Enumerable.Range(11, 20).Reverse().Select(n => new TextCount($"item {n:00}", n)));
    }

    /// <summary>Chats that are in no pack, beside packs.</summary>
    [Test]
    public void Texts_OfPacksAndChats_AreAddedUp()
    {
        var texts = new TextSums().Add(TextSums.Pack, Pack(('i', "Tea", 3), ('e', "timeout", 1)))
            .Add(TextSums.ErrorOfChat, "timeout"u8.ToArray())
            .Add(TextSums.ErrorOfChat, "off"u8.ToArray())
            .Add(TextSums.ItemsOfChat, """[{"name":"Tea"},{"name":"Udon"},{"name":"Tea"}]"""u8.ToArray());

        texts.Items.Should().Equal(new TextCount("Tea", 4), new TextCount("Udon", 1));
        texts.Errors.Should().Equal(new TextCount("timeout", 2), new TextCount("off", 1));
    }

    /// <summary>A length of -15 would read the same entry for ever.</summary>
    [TestCase(13, (short)-15)]
    [TestCase(13, (short)-1)]
    [TestCase(13, (short)4)]
    [TestCase(0, (short)('x' << 8))]
    public void Add_DamagedPack_SaysWhereAndWhatToDo(int at, short value)
    {
        var pack = Pack(('i', "Tea", 3), ('i', "Udon", 2), ('e', "off", 1));
        var last = pack.Length - 18;
        BinaryPrimitives.WriteInt16BigEndian(pack.AsSpan(last + at), value);

        FluentActions.Invoking(() => new TextSums().Add(TextSums.Pack, pack))
            .Should().Throw<InvalidDataException>().WithMessage($"*at byte {last}: run the repair verb*");
    }

    [Test]
    public void Add_PackThatEndsWithinAnEntry_SaysWhereAndWhatToDo() =>
        FluentActions.Invoking(() => new TextSums().Add(TextSums.Pack, Pack(('i', "Tea", 3), ('e', "off", 1)).AsMemory(..30)))
            .Should().Throw<InvalidDataException>().WithMessage("*at byte 18: run the repair verb*");

    [Test]
    public void Histogram_BelowZero_IsTakenAway()
    {
        var histogram = new AnswerHistogram().Add(Numeric(0, 7)).Add(Numeric(0x4000, 3));

        histogram.Chats[0].Should().Be(4);
        histogram.Add(Numeric(0x4000, 9)).ToTimes().Should().Be(AnswerTimes.None);
    }

    [TestCase(0xC000)]
    [TestCase(0xD000)]
    [TestCase(0xF000)]
    public void Histogram_ThatIsNoNumber_SaysWhatToDo(int sign) =>
        FluentActions.Invoking(() => new AnswerHistogram().Add(Numeric(sign, 1)))
            .Should().Throw<InvalidDataException>().WithMessage("*run the repair verb*");

    /// <summary>One digit, as numeric_send sends it: chats of the first bin.</summary>
    private static byte[] Numeric(int sign, byte chats) => [0, 1, 0, 0, (byte)(sign >> 8), 0, 0, 0, 0, chats];

    private static byte[] Pack(params (char Kind, string Text, int Chats)[] entries) => [.. entries.SelectMany(Entry)];

    private static byte[] Entry((char Kind, string Text, int Chats) entry)
    {
        var text = Encoding.UTF8.GetBytes(entry.Text);
        var bytes = new byte[15 + text.Length];
        bytes[0] = (byte)entry.Kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), entry.Text.GetHashCode(StringComparison.Ordinal));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(9), entry.Chats);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(13), (short)text.Length);
        text.CopyTo(bytes, 15);
        return bytes;
    }
}
