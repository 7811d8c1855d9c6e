using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>How many chats have a text: the sum of packs (migration 0037). It is made here, since PostgreSQL takes ten times as long.</summary>
internal sealed class PackedTexts
{
    /// <summary>Texts that are shown of a kind.</summary>
    private const int Most = 20;

    private const int KeyAt = 1;
    private const int ChatsAt = KeyAt + sizeof(long);
    private const int LengthAt = ChatsAt + sizeof(int);
    private const int TextAt = LengthAt + sizeof(short);

    private readonly Dictionary<long, Counted> _errors = [];
    private readonly Dictionary<long, Counted> _items = [];

    public IReadOnlyList<TextCount> Errors => MostFrequent(_errors);

    public IReadOnlyList<TextCount> Items => MostFrequent(_items);

    /// <param name="sign">-1 where the chats of the pack are taken away.</param>
    public PackedTexts Add(int sign, ReadOnlyMemory<byte> pack)
    {
        while (!pack.IsEmpty)
        {
            var entry = pack.Span;
            var length = BinaryPrimitives.ReadInt16BigEndian(entry[LengthAt..]);
            var counts = entry[0] == (byte)'e' ? _errors : _items;
            ref var counted = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, BinaryPrimitives.ReadInt64BigEndian(entry[KeyAt..]), out var exists);
            if (!exists)
                counted.Text = pack.Slice(TextAt, length);
            counted.Chats += sign * BinaryPrimitives.ReadInt32BigEndian(entry[ChatsAt..]);
            pack = pack[(TextAt + length)..];
        }

        return this;
    }

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
