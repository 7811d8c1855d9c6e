using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>
/// How many chats have a text: the sum of packs (migration 0037), and of chats that are in none. It is made here, since PostgreSQL takes
/// ten times as long.
/// </summary>
internal sealed class TextSums
{
    /// <summary>A pack, as kind of <see cref="Add"/>.</summary>
    public const int Pack = 1;

    /// <summary>A pack whose chats are taken away.</summary>
    public const int PackTakenAway = -1;

    /// <summary>The error of a chat.</summary>
    public const int ErrorOfChat = 2;

    /// <summary>The items of a chat, as JSON.</summary>
    public const int ItemsOfChat = 3;

    /// <summary>Texts that are shown of a kind.</summary>
    private const int Most = 20;

    private const byte Error = (byte)'e';
    private const byte Item = (byte)'i';

    /// <summary>After the kind of a text, its key in the tables.</summary>
    private const int ChatsAt = 1 + sizeof(long);
    private const int LengthAt = ChatsAt + sizeof(int);
    private const int TextAt = LengthAt + sizeof(short);

    private readonly Dictionary<ReadOnlyMemory<byte>, long> _errors = new(new SameBytes());
    private readonly Dictionary<ReadOnlyMemory<byte>, long> _items = new(new SameBytes());

    public IReadOnlyList<TextCount> Errors => MostFrequent(_errors);

    public IReadOnlyList<TextCount> Items => MostFrequent(_items);

    /// <param name="kind">One of the constants.</param>
    /// <param name="content">It must not change afterwards.</param>
    /// <exception cref="InvalidDataException">The pack is damaged.</exception>
    public TextSums Add(int kind, ReadOnlyMemory<byte> content)
    {
        switch (kind)
        {
            case ErrorOfChat:
                Count(_errors, content, 1);
                break;
            case ItemsOfChat:
                foreach (var name in ItemNames.Read(content.Span))
                    Count(_items, Encoding.UTF8.GetBytes(name), 1);
                break;
            default:
                AddPack(content, kind);
                break;
        }

        return this;
    }

    private void AddPack(ReadOnlyMemory<byte> pack, int sign)
    {
        for (var rest = pack; !rest.IsEmpty;)
        {
            var entry = rest.Span;
            var length = entry.Length < TextAt ? -1 : BinaryPrimitives.ReadInt16BigEndian(entry[LengthAt..]);
            if (length < 0 || length > entry.Length - TextAt || entry[0] is not (Error or Item))
                throw Damaged(pack.Length - rest.Length);

            Count(
                entry[0] == Error ? _errors : _items, rest.Slice(TextAt, length),
                sign * (long)BinaryPrimitives.ReadInt32BigEndian(entry[ChatsAt..]));
            rest = rest[(TextAt + length)..];
        }
    }

    private static void Count(Dictionary<ReadOnlyMemory<byte>, long> counts, ReadOnlyMemory<byte> text, long chats) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, text, out _) += chats;

    private static InvalidDataException Damaged(int position) => new(string.Create(
        CultureInfo.InvariantCulture, $"A row of chat_text_pack is damaged at byte {position}: run the repair verb."));

    /// <summary>The order of equal counts is that of the texts' bytes, as with <c>collate "C"</c>.</summary>
    private static IReadOnlyList<TextCount> MostFrequent(Dictionary<ReadOnlyMemory<byte>, long> counts) =>
    [
        .. counts.Where(counted => counted.Value > 0)
            .OrderByDescending(counted => counted.Value)
            .ThenBy(counted => counted.Key, Comparer<ReadOnlyMemory<byte>>.Create((one, other) => one.Span.SequenceCompareTo(other.Span)))
            .Take(Most)
            .Select(counted => new TextCount(Encoding.UTF8.GetString(counted.Key.Span), counted.Value)),
    ];

    private sealed class SameBytes : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public bool Equals(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) => one.Span.SequenceEqual(other.Span);

        public int GetHashCode(ReadOnlyMemory<byte> text)
        {
            var hash = new HashCode();
            hash.AddBytes(text.Span);
            return hash.ToHashCode();
        }
    }
}
