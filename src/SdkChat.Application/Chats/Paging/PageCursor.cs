using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Chats.Paging;

/// <summary>
/// The opaque form of a <see cref="PagePosition"/>: one byte for its kind, then (after and before) eight bytes of Unix
/// milliseconds and sixteen of the chat's id, all big-endian, as base64url. It holds no tenant: the statement that uses
/// it names the caller's own, so another tenant's cursor is only a place in time.
/// </summary>
public static class PageCursor
{
    private const int KeyLength = 1 + 8 + 16;
    private const byte FirstKind = 1, LastKind = 2, AfterKind = 3, BeforeKind = 4;

    private static readonly long MaxMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static string First { get; } = Base64Url.EncodeToString([FirstKind]);

    public static string Last { get; } = Base64Url.EncodeToString([LastKind]);

    public static string After(ChatKey key) => Encode(AfterKind, key);

    public static string Before(ChatKey key) => Encode(BeforeKind, key);

    public static bool TryParse(string text, [NotNullWhen(true)] out PagePosition? position)
    {
        position = null;
        Span<byte> bytes = stackalloc byte[KeyLength];
        if (text.Length > Base64Url.GetEncodedLength(KeyLength)
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var length)
            || length == 0)
            return false;

        position = (bytes[0], length) switch
        {
            (FirstKind, 1) => new PagePosition.Offset(0),
            (LastKind, 1) => new PagePosition.Last(),
            (AfterKind, KeyLength) when TryReadKey(bytes, out var key) => new PagePosition.After(key),
            (BeforeKind, KeyLength) when TryReadKey(bytes, out var key) => new PagePosition.Before(key),
            _ => null,
        };
        return position is not null;
    }

    private static string Encode(byte kind, ChatKey key)
    {
        Span<byte> bytes = stackalloc byte[KeyLength];
        bytes[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], key.CreatedAt.ToUnixTimeMilliseconds());
        key.Chat.Value.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    private static bool TryReadKey(ReadOnlySpan<byte> bytes, out ChatKey key)
    {
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
        if (milliseconds < 0 || milliseconds > MaxMilliseconds)
        {
            key = default;
            return false;
        }

        key = new ChatKey(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), new ChatId(new Guid(bytes[9..], bigEndian: true)));
        return true;
    }
}
