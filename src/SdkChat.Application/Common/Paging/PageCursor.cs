using System.Buffers.Binary;
using System.Buffers.Text;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Common.Paging;

/// <summary>
/// The opaque form of a <see cref="PagePosition"/>, in base64url: one byte for its kind, then (for after and before) eight bytes of Unix
/// milliseconds and sixteen of the chat's id, big-endian. It contains no tenant: the statement that uses it names the caller's tenant, so
/// another tenant's cursor is only a point in time.
/// </summary>
public readonly record struct PageCursor : ISpanFormattable
{
    private const int KeyLength = 1 + 8 + 16;

    /// <summary>The number of characters of the longest cursor.</summary>
    public static readonly int MaxLength = Base64Url.GetEncodedLength(KeyLength);

    private static readonly long MaxMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly Kind _kind;
    private readonly ChatKey _key;

    private PageCursor(Kind kind, ChatKey key = default) => (_kind, _key) = (kind, key);

    private enum Kind : byte
    {
        First = 1,
        Last = 2,
        After = 3,
        Before = 4,
    }

    public static PageCursor First => new(Kind.First);

    public static PageCursor Last => new(Kind.Last);

    public static PageCursor After(ChatKey key) => new(Kind.After, key);

    public static PageCursor Before(ChatKey key) => new(Kind.Before, key);

    public PagePosition Position => _kind switch
    {
        Kind.First => new PagePosition.Offset(0),
        Kind.Last => new PagePosition.Last(),
        Kind.After => new PagePosition.After(_key),
        Kind.Before => new PagePosition.Before(_key),
        _ => throw new InvalidOperationException("A default cursor has no position."),
    };

    public static bool TryParse(string? text, out PageCursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[KeyLength];
        if (text is null
            || text.Length > MaxLength
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var length)
            || length == 0)
            return false;

        var kind = (Kind)bytes[0];
        if (kind is Kind.First or Kind.Last && length == 1)
            cursor = new PageCursor(kind);
        else if (kind is Kind.After or Kind.Before && length == KeyLength && TryReadKey(bytes, out var key))
            cursor = new PageCursor(kind, key);
        return cursor != default;
    }

    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxLength];
        _ = TryFormat(text, out var length, default, null);
        return text[..length].ToString();
    }

    /// <summary>The only format; culture has no effect.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc cref="ToString(string?, IFormatProvider?)"/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        Span<byte> bytes = stackalloc byte[KeyLength];
        bytes[0] = (byte)_kind;
        if (_kind is Kind.First or Kind.Last)
            return Base64Url.TryEncodeToChars(bytes[..1], destination, out charsWritten);

        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], _key.CreatedAt.ToUnixTimeMilliseconds());
        _key.Chat.Value.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        return Base64Url.TryEncodeToChars(bytes, destination, out charsWritten);
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
