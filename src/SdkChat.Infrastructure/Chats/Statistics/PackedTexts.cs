using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>How many chats have a text: the sum of packs (migration 0037). It is made here, since PostgreSQL takes ten times as long.</summary>
internal sealed class PackedTexts
{
    /// <summary>Texts that are shown of a kind.</summary>
    private const int Most = 20;

    private const byte Error = (byte)'e';
    private const byte Item = (byte)'i';

    private const int KeyAt = 1;
    private const int ChatsAt = KeyAt + sizeof(long);
    private const int LengthAt = ChatsAt + sizeof(int);
    private const int TextAt = LengthAt + sizeof(short);

    private readonly Dictionary<long, Counted> _errors = [];
    private readonly Dictionary<long, Counted> _items = [];

    public IReadOnlyList<TextCount> Errors => MostFrequent(_errors);

    public IReadOnlyList<TextCount> Items => MostFrequent(_items);

    /// <param name="sign">-1 where the chats of the pack are taken away.</param>
    /// <exception cref="InvalidDataException">The pack is damaged.</exception>
    public PackedTexts Add(int sign, ReadOnlyMemory<byte> pack)
    {
        for (var rest = pack; !rest.IsEmpty;)
        {
            var entry = rest.Span;
            var length = entry.Length < TextAt ? -1 : BinaryPrimitives.ReadInt16BigEndian(entry[LengthAt..]);
            if (length < 0 || length > entry.Length - TextAt || entry[0] is not (Error or Item))
                throw Damaged(pack.Length - rest.Length);

            var counts = entry[0] == Error ? _errors : _items;
            ref var counted = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, BinaryPrimitives.ReadInt64BigEndian(entry[KeyAt..]), out var exists);
            if (!exists)
                counted.Text = rest.Slice(TextAt, length);
            counted.Chats += sign * (long)BinaryPrimitives.ReadInt32BigEndian(entry[ChatsAt..]);
            rest = rest[(TextAt + length)..];
        }

        return this;
    }

    private static InvalidDataException Damaged(int position) => new(string.Create(
        CultureInfo.InvariantCulture, $"A row of chat_text_pack is damaged at byte {position}: run the repair verb."));

    /// <summary>The order of equal counts is that of the texts' bytes, as with <c>collate "C"</c>.</summary>
    private static IReadOnlyList<TextCount> MostFrequent(Dictionary<long, Counted> counts) =>
    [
        .. counts.Values.Where(counted => counted.Chats > 0)
            .OrderByDescending(counted => counted.Chats).ThenBy(counted => counted.Text, Comparer<ReadOnlyMemory<byte>>.Create((one, other) => one.Span.SequenceCompareTo(other.Span)))
            .Take(Most)
            .Select(counted => new TextCount(Encoding.UTF8.GetString(counted.Text.Span), counted.Chats)),
    ];

    private struct Counted
    {
        public ReadOnlyMemory<byte> Text;

        public long Chats;
    }
}
