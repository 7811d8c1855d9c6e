using System.Buffers.Binary;
using System.Text;
using SdkChat.Application.Chats;
using SdkChat.Infrastructure.Chats.Statistics;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

public sealed class PackedTextsTests
{
    [Test]
    public void Items_OfSeveralPacks_AreTheSumLessWhatIsTakenAway()
    {
        var texts = new PackedTexts().Add(1, Pack(('i', "Tea", 3), ('i', "Udon", 9), ('e', "timeout", 1))).Add(1, Pack(('i', "Tea", 4)))
            .Add(-1, Pack(('i', "Udon", 4), ('e', "timeout", 1)));

        texts.Items.Should().Equal(new TextCount("Tea", 7), new TextCount("Udon", 5));
        texts.Errors.Should().BeEmpty();
    }

    /// <summary>As PostgreSQL orders them: by bytes, and not as UTF-16, where the cup comes before the wide letter.</summary>
    [Test]
    public void Items_WithTheSameCount_AreInTheOrderOfTheirBytes() =>
        new PackedTexts().Add(1, Pack(('i', "🍵", 1), ('i', "a", 1), ('i', "Ａ", 1), ('i', "Z", 1))).Items.Select(item => item.Text).Should().Equal("Z", "a", "Ａ", "🍵");

    [Test]
    public void Items_More_AreCutAtTwenty()
    {
        var pack = Pack([.. Enumerable.Range(1, 30).Select(n => ('i', $"item {n:00}", n))]);

        new PackedTexts().Add(1, pack).Items.Should().Equal(Enumerable.Range(11, 20).Reverse().Select(n => new TextCount($"item {n:00}", n)));
    }

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
